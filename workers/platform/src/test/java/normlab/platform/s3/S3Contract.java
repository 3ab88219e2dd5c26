package normlab.platform.s3;

import java.util.concurrent.atomic.AtomicInteger;
import normlab.port.ArtifactStore;
import normlab.testkit.ArtifactStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** {@link S3ArtifactStore} keeps the contract, each time in an empty bucket of a server. */
abstract class S3Contract extends ArtifactStoreContract {
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    private S3ArtifactStore store;

    /** Settings that the server accepts. */
    abstract S3Settings settings(String bucket);

    @BeforeEach
    void openAnEmptyBucket() {
        store = new S3ArtifactStore(settings("contract-" + BUCKETS.incrementAndGet()));
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
