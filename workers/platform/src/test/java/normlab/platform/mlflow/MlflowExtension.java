package normlab.platform.mlflow;

import java.net.URI;
import java.util.Objects;
import normlab.platform.s3.S3ArtifactStore;
import normlab.platform.s3.S3ProxyExtension;
import normlab.platform.s3.S3Settings;
import normlab.platform.stack.Credentials;
import normlab.platform.stack.StackServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The real MLflow server, as the stack installs and starts it, with its artifacts on the given S3 server. */
public final class MlflowExtension implements BeforeAllCallback, AfterAllCallback {
    private static final String BUCKET = "normlab";

    private final S3ProxyExtension s3;
    private @Nullable StackServer running;

    /** @param s3 started before this */
    public MlflowExtension(S3ProxyExtension s3) {
        this.s3 = s3;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        try (S3ArtifactStore store = new S3ArtifactStore(settings())) {
            store.ensureBucket();
        }
        Credentials credentials =
                new Credentials(settings().accessKeyId(), settings().secretAccessKey());
        running = StackServer.mlflow(s3.endpoint(), BUCKET, credentials);
    }

    /** Where the server keeps its artifacts. */
    public S3Settings settings() {
        return s3.settings(BUCKET);
    }

    public URI address() {
        return Objects.requireNonNull(running, "the server runs between beforeAll and afterAll")
                .address();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (running != null) {
            running.close();
        }
    }
}
