package normlab.platform.cluster;

import com.github.dockerjava.api.command.InspectContainerResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import normlab.platform.config.TargetFile;
import normlab.platform.mlflow.MlflowServer;
import normlab.platform.s3.S3Settings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.testcontainers.DockerClientFactory;

/**
 * The servers of {@code infra/compose.yaml} in containers, one cluster for all test classes: it takes a minute to start.
 * Where there is no container engine, or no image of a server, the tests of the class are skipped.
 */
public final class ClusterExtension implements ExecutionCondition, BeforeAllCallback {
    private @Nullable ServerContainers containers;

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestMethod().isPresent()) {
            return ConditionEvaluationResult.enabled("its class is");
        }
        if (!docker() || !DockerClientFactory.instance().isDockerAvailable()) {
            return ConditionEvaluationResult.disabled("there is no container engine");
        }
        return ServerContainers.missingImage()
                .map(image ->
                        ConditionEvaluationResult.disabled("there is no image " + image + "; `make it` builds them"))
                .orElseGet(() -> ConditionEvaluationResult.enabled("there are an engine and all images"));
    }

    /** Testcontainers looks for an engine in more places than the command that builds our images. */
    private static boolean docker() {
        try {
            return new ProcessBuilder("docker", "info")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        containers = context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(ServerContainers.class, type -> ServerContainers.start(), ServerContainers.class);
    }

    /** The cluster as the command line sees it. */
    public TargetFile target() {
        return running().target();
    }

    /** Of a bucket of its store, which need not be there yet. */
    public S3Settings settings(String bucket) {
        TargetFile target = target();
        TargetFile.Pair key = target.secrets().store();
        return new S3Settings(
                target.store().endpoint(), target.store().region(), bucket, key.name(), key.secret(), Optional.empty());
    }

    public MlflowServer mlflow() {
        TargetFile target = target();
        TargetFile.Pair user = target.secrets().mlflow();
        return new MlflowServer(
                target.mlflow(), target.mlflow(), Optional.of(new MlflowServer.Login(user.name(), user.secret())));
    }

    /** As the engine describes them. */
    List<InspectContainerResponse> containers() {
        return running().inspect();
    }

    /** {@code infra/scan-secrets} at work on this cluster. */
    Process scanForSecrets() throws IOException {
        return running().scanForSecrets();
    }

    private ServerContainers running() {
        return Objects.requireNonNull(containers, "the cluster runs from beforeAll on");
    }
}
