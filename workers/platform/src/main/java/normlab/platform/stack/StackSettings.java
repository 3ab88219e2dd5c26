package normlab.platform.stack;

import java.util.Map;
import normlab.platform.server.DataFolder;
import normlab.platform.server.Ports;
import normlab.platform.server.ServerSettings;

/**
 * What the embedded stack is started with.
 *
 * @param preferredPorts taken if free; the next free ones otherwise
 * @param setup what the workers are made of, so that a later command can tell whether they are out of date
 */
public record StackSettings(ServerSettings servers, Ports preferredPorts, Map<String, String> setup) {
    public StackSettings {
        setup = Map.copyOf(setup);
    }

    /** Conductor on port 18080, MLflow on 15000, S3 on 19000, where they are free. */
    public static StackSettings of(ServerSettings servers) {
        return new StackSettings(servers, Ports.PREFERRED, Map.of());
    }

    public StackSettings withSetup(Map<String, String> workers) {
        return new StackSettings(servers, preferredPorts, workers);
    }

    DataFolder data() {
        return servers.data();
    }
}
