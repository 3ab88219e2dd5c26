package normlab.platform.conductor;

import normlab.platform.cluster.ClusterExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On two servers with one Postgres for data, queue, index and lock, through the cluster's gateway. */
@Tag("containers")
class CampaignInContainersTest extends ConductorContract {
    @RegisterExtension
    static final ClusterExtension CLUSTER = new ClusterExtension();

    @Override
    ConductorServer server() {
        return new ConductorServer(CLUSTER.target().conductor());
    }
}
