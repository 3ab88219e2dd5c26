package normlab.platform.server;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import normlab.platform.process.HealthCheck;
import normlab.platform.process.ProcessSpec;
import normlab.platform.process.SafeFiles;

/** MLflow on a SQLite file; clients write artifacts to S3 themselves, the server reads them for its UI. */
public record EmbeddedMlflow(ServerSettings settings, Endpoints endpoints, Credentials credentials)
        implements EmbeddedServer {
    private static final Duration STOP_GRACE = Duration.ofSeconds(15);

    @Override
    public String name() {
        return "mlflow";
    }

    @Override
    public ProcessSpec prepare(Consumer<String> progress) throws InterruptedException {
        Path lock = settings.infra().resolve("mlflow/requirements.lock");
        MlflowEnvironment environment = new MlflowEnvironment(settings.data(), lock, settings.pythons());
        Path python = environment.python(progress);
        Path data = SafeFiles.directory(settings.data().data("mlflow"));
        List<String> command = List.of(
                python.toString(),
                "-m",
                "mlflow",
                "server",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(endpoints.ports().mlflow()),
                "--workers",
                "1",
                "--uvicorn-opts",
                "--no-access-log",
                "--backend-store-uri",
                // Relative: a URL would have to encode the path.
                "sqlite:///mlflow.db",
                "--no-serve-artifacts",
                "--default-artifact-root",
                "s3://" + endpoints.bucket() + "/mlflow");
        return ProcessSpec.server(name(), command, environment(), STOP_GRACE)
                .in(data)
                .first(environment::repairAfterFailure);
    }

    /** The keys are in a file of mode 0600: the environment of a process shows up in listings and crash reports. */
    private Map<String, String> environment() {
        Path keys = settings.data().awsCredentials();
        SafeFiles.write(keys, profile().getBytes(StandardCharsets.UTF_8), SafeFiles.PRIVATE);
        return Map.of(
                "MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false",
                "MLFLOW_DISABLE_TELEMETRY", "true",
                "MLFLOW_S3_ENDPOINT_URL", endpoints.s3Endpoint(),
                "MLFLOW_BOTO_CLIENT_ADDRESSING_STYLE", "path",
                "AWS_SHARED_CREDENTIALS_FILE", keys.toString(),
                // Not the user's, which may name another endpoint or region.
                "AWS_CONFIG_FILE", "/dev/null",
                "AWS_DEFAULT_REGION", "us-east-1",
                "PYTHONNOUSERSITE", "1",
                "PYTHONUNBUFFERED", "1");
    }

    private String profile() {
        return """
            [default]
            aws_access_key_id = %s
            aws_secret_access_key = %s
            """.formatted(credentials.accessKey(), credentials.secretKey());
    }

    @Override
    public HealthCheck health() {
        return HealthCheck.ok(endpoints.mlflowUrl() + "/health");
    }
}
