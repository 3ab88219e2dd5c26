package normlab.platform.mlflow;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import normlab.platform.cluster.ClusterExtension;
import normlab.platform.config.TargetFile;
import normlab.platform.s3.S3ArtifactStore;
import normlab.platform.s3.S3Settings;
import normlab.port.RunTracker;
import normlab.port.RunTracker.TrackerException;
import normlab.testkit.RunTrackerContract;
import normlab.testkit.ShownRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On Postgres and behind a login, through the cluster's gateway. */
@Tag("containers")
class MlflowContainerTest extends RunTrackerContract {
    @RegisterExtension
    static final ClusterExtension CLUSTER = new ClusterExtension();

    private static S3ArtifactStore store;
    private static MlflowTracker tracker;
    private static ServerView server;

    @BeforeAll
    static void connect() {
        TargetFile target = CLUSTER.target();
        TargetFile.Pair key = target.secrets().store();
        store = new S3ArtifactStore(new S3Settings(
                target.store().endpoint(),
                target.store().region(),
                target.store().bucket(),
                key.name(),
                key.secret(),
                Optional.empty()));
        store.ensureBucket();
        TargetFile.Pair user = target.secrets().mlflow();
        MlflowServer mlflow = new MlflowServer(
                target.mlflow(), target.mlflow(), Optional.of(new MlflowServer.Login(user.name(), user.secret())));
        tracker = new MlflowTracker(mlflow, store::upload);
        server = new ServerView(mlflow);
    }

    @AfterAll
    static void disconnect() {
        server.close();
        tracker.close();
        store.close();
    }

    @Override
    protected RunTracker tracker() {
        return tracker;
    }

    @Override
    protected List<ShownRun> shown(String experiment) {
        return server.shown(experiment);
    }

    @Test
    void whoDoesNotLogInIsRefused() {
        MlflowServer asAStranger = MlflowServer.open(CLUSTER.target().mlflow());
        try (MlflowTracker stranger = new MlflowTracker(asAStranger, store::upload)) {
            assertThatThrownBy(() -> stranger.project(List.of(campaign)))
                    .isInstanceOf(TrackerException.class)
                    .hasMessageContaining("401");
        }
    }
}
