package normlab.platform.mlflow;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import normlab.platform.s3.S3ArtifactStore;
import normlab.platform.s3.S3ProxyExtension;
import normlab.platform.s3.S3Settings;
import normlab.platform.s3.ServerProcess;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real MLflow server with its artifacts on the given S3 server. Where no {@code mlflow} executable is named, by the
 * system property {@code normlab.mlflow} or the environment's {@code NORMLAB_MLFLOW}, its tests are skipped.
 */
public final class MlflowExtension implements BeforeAllCallback, AfterAllCallback {
    private static final String BUCKET = "normlab";
    private static final Pattern READY = Pattern.compile("Uvicorn running on http://127\\.0\\.0\\.1:(\\d+)");

    private final S3ProxyExtension s3;
    private Optional<ServerProcess> server = Optional.empty();

    /** @param s3 started before this */
    public MlflowExtension(S3ProxyExtension s3) {
        this.s3 = s3;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        String executable = System.getProperty("normlab.mlflow", System.getenv().getOrDefault("NORMLAB_MLFLOW", ""));
        Assumptions.assumeFalse(
                executable.isEmpty(),
                "no MLflow server: name its executable by -Dnormlab.mlflow=<venv>/bin/mlflow or NORMLAB_MLFLOW");
        try (S3ArtifactStore store = new S3ArtifactStore(settings())) {
            store.ensureBucket();
        }
        server = Optional.of(ServerProcess.start(command(executable), READY));
    }

    private ProcessBuilder command(String executable) throws IOException {
        Path database =
                Files.createTempDirectory(s3.data().getParent(), "mlflow").resolve("mlflow.db");
        ProcessBuilder builder = new ProcessBuilder(
                executable,
                "server",
                "--host",
                "127.0.0.1",
                "--port",
                String.valueOf(freePort()),
                "--workers",
                "1",
                "--backend-store-uri",
                "sqlite:///" + database,
                "--no-serve-artifacts",
                "--default-artifact-root",
                "s3://" + BUCKET + "/mlflow");
        builder.environment()
                .putAll(Map.of(
                        "MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false",
                        "MLFLOW_DISABLE_TELEMETRY", "true",
                        "MLFLOW_S3_ENDPOINT_URL", s3.endpoint().toString(),
                        "MLFLOW_BOTO_CLIENT_ADDRESSING_STYLE", "path",
                        "AWS_DEFAULT_REGION", settings().region(),
                        "AWS_ACCESS_KEY_ID", settings().accessKeyId(),
                        "AWS_SECRET_ACCESS_KEY", settings().secretAccessKey()));
        return builder;
    }

    /** Where the server keeps its artifacts. */
    public S3Settings settings() {
        return s3.settings(BUCKET);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.orElseThrow().announced());
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.ifPresent(ServerProcess::close);
    }
}
