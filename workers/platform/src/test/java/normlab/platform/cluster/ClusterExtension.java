package normlab.platform.cluster;

import java.util.Objects;
import normlab.platform.config.TargetFile;
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
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return ConditionEvaluationResult.disabled("there is no container engine");
        }
        return ServerContainers.missingImage()
                .map(image ->
                        ConditionEvaluationResult.disabled("there is no image " + image + "; `make it` builds them"))
                .orElseGet(() -> ConditionEvaluationResult.enabled("there are an engine and all images"));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        containers = context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(ServerContainers.class, type -> ServerContainers.start(), ServerContainers.class);
    }

    /** The cluster as the command line sees it. */
    public TargetFile target() {
        return Objects.requireNonNull(containers, "the cluster runs from beforeAll on")
                .target();
    }
}
