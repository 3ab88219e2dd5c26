package normlab.platform.conductor;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On the server of the embedded stack, with SQLite. */
class CampaignOnConductorTest extends ConductorContract {
    @RegisterExtension
    static final RunningConductor CONDUCTOR = new RunningConductor();

    @Override
    ConductorServer server() {
        return CONDUCTOR.server();
    }
}
