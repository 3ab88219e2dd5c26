package normlab.platform.mlflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Objects;
import normlab.platform.s3.S3ProxyExtension;
import normlab.platform.s3.S3Settings;
import normlab.platform.server.Credentials;
import normlab.platform.server.TestServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The real MLflow server, as the stack installs and starts it, with its artifacts on an S3 server: one for all test
 * classes, which keep apart by the names of their experiments, since it takes seconds to start.
 */
public final class MlflowExtension implements BeforeAllCallback {
    private static final String BUCKET = "normlab";

    private @Nullable Servers servers;

    @Override
    public void beforeAll(ExtensionContext context) {
        servers = context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(Servers.class, type -> Servers.start(context), Servers.class);
    }

    /** Where the server keeps its artifacts. */
    public S3Settings settings() {
        return running().settings();
    }

    /** An address of something that is no MLflow server. */
    URI s3Address() {
        return running().s3().endpoint();
    }

    public URI address() {
        return running().mlflow().address();
    }

    MlflowServer server() {
        return MlflowServer.open(address());
    }

    private Servers running() {
        return Objects.requireNonNull(servers, "the server runs from beforeAll on");
    }

    /** Closed by JUnit behind the last test class. */
    private record Servers(S3ProxyExtension s3, TestServer mlflow, ExtensionContext context) implements AutoCloseable {
        static Servers start(ExtensionContext context) {
            S3ProxyExtension s3 = new S3ProxyExtension();
            try {
                s3.beforeAll(context);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            S3Settings settings = s3.settings(BUCKET);
            Credentials credentials = new Credentials(settings.accessKeyId(), settings.secretAccessKey());
            return new Servers(s3, TestServer.mlflow(s3.endpoint(), BUCKET, credentials), context);
        }

        S3Settings settings() {
            return s3.settings(BUCKET);
        }

        @Override
        public void close() throws IOException {
            mlflow.close();
            s3.afterAll(context);
        }
    }
}
