package normlab.platform.s3;

import normlab.platform.cluster.ClusterExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Through the cluster's gateway. */
@Tag("containers")
class S3ContainerTest extends S3Contract {
    @RegisterExtension
    static final ClusterExtension CLUSTER = new ClusterExtension();

    @Override
    S3Settings settings(String bucket) {
        return CLUSTER.settings(bucket);
    }
}
