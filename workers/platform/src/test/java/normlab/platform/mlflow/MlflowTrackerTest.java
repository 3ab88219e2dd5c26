package normlab.platform.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import normlab.platform.s3.LossyLink;
import normlab.platform.s3.S3Settings;
import normlab.platform.server.TestServer;
import normlab.port.RunTracker.TrackerException;
import normlab.port.TrackedRun;
import normlab.testkit.ShownRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On the server of the embedded stack, with SQLite; and what needs a link to it that loses answers. */
class MlflowTrackerTest extends MlflowContract {
    @RegisterExtension
    static final MlflowExtension MLFLOW = new MlflowExtension();

    @Override
    MlflowServer mlflow() {
        return MLFLOW.server();
    }

    @Override
    S3Settings settings() {
        return MLFLOW.settings();
    }

    @Test
    void seventyUnchangedTrialsCostThreeRequests() throws IOException {
        List<TrackedRun> runs = campaignOf(70);
        tracker().project(runs);
        try (LossyLink link = LossyLink.to(MLFLOW.address(), n -> false);
                MlflowTracker second = new MlflowTracker(MlflowServer.open(link.address()), store()::upload)) {
            second.project(runs);
            assertThat(link.answers())
                    .as("the experiment, the campaign, its trials")
                    .isEqualTo(3);
        }
        assertThat(view().runs(experiment)).hasSize(71);
    }

    @Test
    void lostAnswersLeaveNoRunTwice() throws IOException {
        List<TrackedRun> runs = campaignOf(4);
        try (LossyLink link = LossyLink.to(MLFLOW.address(), n -> n % 3 == 0);
                MlflowTracker lossy = new MlflowTracker(MlflowServer.open(link.address()), store()::upload)) {
            assertThat(lossy.project(runs)).hasSize(5);
            assertThat(link.answers()).isGreaterThan(20);
        }
        assertThat(shown(experiment)).hasSize(5).extracting(ShownRun::name).doesNotHaveDuplicates();
        assertThat(shown(experiment))
                .filteredOn(r -> r.parent().isPresent())
                .allSatisfy(r -> assertThat(r.points()).hasSize(8).containsEntry("train/loss", 4));
    }

    @Test
    void aServerThatIsAwayIsNamedWithWhatToStart() throws IOException {
        URI nobody = URI.create("http://127.0.0.1:" + TestServer.freePort());
        try (MlflowTracker away = new MlflowTracker(MlflowServer.open(nobody), store()::upload)) {
            assertThatThrownBy(() -> away.project(List.of(campaign)))
                    .isInstanceOf(TrackerException.class)
                    .hasMessageContaining(nobody.toString())
                    .hasMessageContaining("./normlab up");
        }
    }

    @Test
    void anotherKindOfServerIsToldApart() {
        try (MlflowTracker wrong = new MlflowTracker(MlflowServer.open(MLFLOW.s3Address()), store()::upload)) {
            assertThatThrownBy(() -> wrong.project(List.of(campaign)))
                    .isInstanceOf(TrackerException.class)
                    .hasMessageContaining("POST " + MLFLOW.s3Address());
        }
    }
}
