package normlab.platform.mlflow;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import normlab.platform.cluster.ClusterExtension;
import normlab.platform.s3.LossyLink;
import normlab.platform.s3.S3Settings;
import normlab.port.RunTracker.TrackerException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On Postgres and behind a login, through the cluster's gateway. */
@Tag("containers")
class MlflowContainerTest extends MlflowContract {
    @RegisterExtension
    static final ClusterExtension CLUSTER = new ClusterExtension();

    @Override
    MlflowServer mlflow() {
        return CLUSTER.mlflow();
    }

    @Override
    S3Settings settings() {
        return CLUSTER.settings(CLUSTER.target().store().bucket());
    }

    @Test
    void whoDoesNotLogInIsRefused() {
        MlflowServer asAStranger = MlflowServer.open(CLUSTER.target().mlflow());
        try (MlflowTracker stranger = new MlflowTracker(asAStranger, store()::upload)) {
            assertThatThrownBy(() -> stranger.project(List.of(campaign)))
                    .isInstanceOf(TrackerException.class)
                    .hasMessageContaining("401");
        }
    }

    /** A web page that had its own name resolve to the server's address would ask by that name. */
    @Test
    void whoAsksByAnotherNameIsRefused() throws IOException {
        try (LossyLink link = LossyLink.to(mlflow().address(), n -> false);
                MlflowTracker renamed = new MlflowTracker(
                        new MlflowServer(link.address(), link.address(), mlflow().login()), store()::upload)) {
            assertThatThrownBy(() -> renamed.project(List.of(campaign)))
                    .isInstanceOf(TrackerException.class)
                    .hasMessageContaining("403");
        }
    }
}
