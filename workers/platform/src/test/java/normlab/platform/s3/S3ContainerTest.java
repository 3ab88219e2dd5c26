package normlab.platform.s3;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import normlab.platform.cluster.ClusterExtension;
import normlab.platform.config.TargetFile;
import normlab.port.ArtifactStore;
import normlab.testkit.ArtifactStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Through the cluster's gateway. */
@Tag("containers")
class S3ContainerTest extends ArtifactStoreContract {
    @RegisterExtension
    static final ClusterExtension CLUSTER = new ClusterExtension();

    private static final AtomicInteger BUCKETS = new AtomicInteger();

    private S3ArtifactStore store;

    @BeforeEach
    void openAnEmptyBucket() {
        TargetFile target = CLUSTER.target();
        TargetFile.Pair key = target.secrets().store();
        store = new S3ArtifactStore(new S3Settings(
                target.store().endpoint(),
                target.store().region(),
                "contract-" + BUCKETS.incrementAndGet(),
                key.name(),
                key.secret(),
                Optional.empty()));
        store.ensureBucket();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected ArtifactStore store() {
        return store;
    }
}
