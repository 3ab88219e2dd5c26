package normlab.platform.s3;

import org.junit.jupiter.api.extension.RegisterExtension;

class S3ArtifactStoreContractTest extends S3Contract {
    @RegisterExtension
    static final S3ProxyExtension S3 = new S3ProxyExtension();

    @Override
    S3Settings settings(String bucket) {
        return S3.settings(bucket);
    }
}
