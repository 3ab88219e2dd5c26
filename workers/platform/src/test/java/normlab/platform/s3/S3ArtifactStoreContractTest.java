package normlab.platform.s3;

import java.util.concurrent.atomic.AtomicInteger;
import normlab.port.ArtifactStore;
import normlab.testkit.ArtifactStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class S3ArtifactStoreContractTest extends ArtifactStoreContract {
    @RegisterExtension
    static final S3ProxyExtension S3 = new S3ProxyExtension();

    private static final AtomicInteger BUCKETS = new AtomicInteger();

    private S3ArtifactStore store;

    @BeforeEach
    void openAnEmptyBucket() {
        store = new S3ArtifactStore(S3.settings("contract-" + BUCKETS.incrementAndGet()));
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
