package normlab.platform.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import normlab.platform.s3.LossyLink;
import normlab.platform.s3.S3ArtifactStore;
import normlab.platform.stack.StackServer;
import normlab.port.RunTracker;
import normlab.port.RunTracker.TrackerException;
import normlab.port.TrackedRun;
import normlab.testkit.RunTrackerContract;
import normlab.testkit.ShownRun;
import normlab.testkit.TrackedRuns;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

class MlflowTrackerTest extends RunTrackerContract {
    @RegisterExtension
    static final MlflowExtension MLFLOW = new MlflowExtension();

    private static S3ArtifactStore store;
    private static MlflowTracker tracker;
    private static ServerView server;

    @BeforeAll
    static void connect() {
        store = new S3ArtifactStore(MLFLOW.settings());
        tracker = new MlflowTracker(MlflowServer.open(MLFLOW.address()), store::upload);
        server = new ServerView(MlflowServer.open(MLFLOW.address()));
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
    void timesDatasetAndFilesAreThere() {
        TrackedRun trial = TrackedRuns.trial(campaign, 1);
        tracker.project(List.of(campaign, trial));
        JsonNode run = server.run(experiment, trial.name());
        assertThat(run.path("info").path("start_time").asLong()).isEqualTo(TrackedRuns.START.toEpochMilli());
        assertThat(run.path("info").path("end_time").asLong())
                .isEqualTo(trial.endedAt().orElseThrow().toEpochMilli());
        JsonNode input = run.path("inputs").path("dataset_inputs").path(0);
        assertThat(input.path("dataset").path("name").asText()).isEqualTo("fashion-mnist");
        assertThat(input.path("tags").path(0).path("value").asText()).isEqualTo("training");
        assertThat(server.artifacts(run).path(0).path("path").asText()).isEqualTo("journal.csv");
        String key = run.path("info").path("artifact_uri").asText().replace("s3://normlab/", "") + "/journal.csv";
        assertThat(store.get(key))
                .hasValue(trial.attachments().getFirst().content().get());
    }

    @Test
    void aLinkOpensTheRunInTheViewForMachineLearning() {
        String link = tracker.project(List.of(campaign)).getFirst();
        String id = server.experiment(experiment).path("experiment_id").asText();
        String run = server.run(experiment, campaign.name())
                .path("info")
                .path("run_id")
                .asText();
        assertThat(link)
                .isEqualTo("%s/#/experiments/%s/runs/%s?workflowType=machine_learning"
                        .formatted(MLFLOW.address(), id, run));
        assertThat(tracker.experimentLink(experiment))
                .isEqualTo("%s/#/experiments/%s/runs?workflowType=machine_learning".formatted(MLFLOW.address(), id));
    }

    @Test
    void hostileTextsComeBackAsTheyWereSent() {
        String hostile =
                "<script>alert(1)</script> '; DROP TABLE runs; -- \u202e \ud83d\ude00 %s %n ${x} $(x) `x` ../../x \\";
        TrackedRun base = TrackedRuns.trial(campaign, 1);
        TrackedRun trial = new TrackedRun(
                base.experiment(),
                base.identity(),
                base.parent(),
                hostile,
                hostile,
                base.status(),
                base.startedAt(),
                base.endedAt(),
                Map.of("arm", hostile),
                Map.of("normlab.arm", hostile),
                base.metrics(),
                base.datasets(),
                base.attachments(),
                List.of());
        tracker.project(List.of(campaign, trial));
        JsonNode run = server.run(experiment, hostile);
        assertThat(run.path("data").path("params").path(0).path("value").asText())
                .isEqualTo(hostile);
        assertThat(run.path("data").path("tags").findValuesAsText("value")).contains(hostile);
        assertThat(server.runs(experiment)).as("the campaign and its trial").hasSize(2);
    }

    @Test
    void seventyUnchangedTrialsCostThreeRequests(TestReporter reporter) throws IOException {
        List<TrackedRun> runs = campaignOf(70);
        Instant before = Instant.now();
        tracker.project(runs);
        Duration first = Duration.between(before, Instant.now());
        try (LossyLink link = LossyLink.to(MLFLOW.address(), n -> false);
                MlflowTracker second = new MlflowTracker(MlflowServer.open(link.address()), store::upload)) {
            before = Instant.now();
            second.project(runs);
            reporter.publishEntry(Map.of(
                    "projected in ms", String.valueOf(first.toMillis()),
                    "again in ms",
                            String.valueOf(
                                    Duration.between(before, Instant.now()).toMillis())));
            assertThat(link.answers())
                    .as("the experiment, the campaign, its trials")
                    .isEqualTo(3);
        }
        assertThat(server.runs(experiment)).hasSize(71);
    }

    @Test
    void twoTrackersAtOnceLeaveOneRunOfEach() throws Exception {
        List<TrackedRun> runs = campaignOf(8);
        CyclicBarrier start = new CyclicBarrier(2);
        try (MlflowTracker other = new MlflowTracker(MlflowServer.open(MLFLOW.address()), store::upload);
                ExecutorService pool = Executors.newFixedThreadPool(2)) {
            List<Future<List<String>>> both = pool.invokeAll(List.of(tracker, other).stream()
                    .<Callable<List<String>>>map(t -> () -> {
                        start.await();
                        return t.project(runs);
                    })
                    .toList());
            for (Future<List<String>> one : both) {
                assertThat(one.get()).hasSize(9);
            }
        }
        // The tracker that lost the parent may have left its children below it; the next projection mends that.
        tracker.project(runs);
        assertThat(shown(experiment)).hasSize(9).extracting(ShownRun::name).doesNotHaveDuplicates();
        assertThat(shown(experiment))
                .filteredOn(r -> r.parent().isPresent())
                .hasSize(8)
                .allSatisfy(r -> {
                    assertThat(r.parent()).hasValue(campaign.name());
                    assertThat(r.points()).containsEntry("train/loss", 4);
                });
    }

    @Test
    void lostAnswersLeaveNoRunTwice() throws IOException {
        List<TrackedRun> runs = campaignOf(4);
        try (LossyLink link = LossyLink.to(MLFLOW.address(), n -> n % 3 == 0);
                MlflowTracker lossy = new MlflowTracker(MlflowServer.open(link.address()), store::upload)) {
            assertThat(lossy.project(runs)).hasSize(5);
            assertThat(link.answers()).isGreaterThan(20);
        }
        assertThat(shown(experiment)).hasSize(5).extracting(ShownRun::name).doesNotHaveDuplicates();
        assertThat(shown(experiment))
                .filteredOn(r -> r.parent().isPresent())
                .allSatisfy(r -> assertThat(r.points()).hasSize(8).containsEntry("train/loss", 4));
    }

    @Test
    void anExperimentDeletedByHandComesBack() {
        List<TrackedRun> runs = campaignOf(2);
        tracker.project(runs);
        server.deleteExperiment(experiment);
        tracker.project(runs);
        assertThat(server.experiment(experiment).path("lifecycle_stage").asText())
                .isEqualTo("active");
        assertThat(server.runs(experiment)).hasSize(3);
    }

    @Test
    void aTagOfOursThatNoLongerHoldsGoes() {
        TrackedRun running = withTags(campaign, Map.of("normlab.kind", "campaign", "normlab.error", "disk full"));
        tracker.project(List.of(running));
        assertThat(shown(experiment, campaign.name()).tags()).containsKey("normlab.error");
        tracker.project(List.of(campaign));
        assertThat(shown(experiment, campaign.name()).tags())
                .doesNotContainKey("normlab.error")
                .containsEntry("normlab.kind", "campaign");
    }

    @Test
    void aLongRunGoesInSeveralBatches() {
        TrackedRun trial = withParams(
                TrackedRuns.with(
                        TrackedRuns.trial(campaign, 1), TrackedRun.Status.FINISHED, TrackedRuns.epochs(1, 300)),
                250);
        tracker.project(List.of(campaign, trial));
        ShownRun shown = shown(experiment, trial.name());
        assertThat(shown.params()).isEqualTo(trial.params());
        assertThat(shown.points()).hasSize(8).allSatisfy((k, n) -> assertThat(n).isEqualTo(300));
    }

    @Test
    void anotherValueOfAParamIsRefusedWithTheRunAndTheParam() {
        TrackedRun trial = TrackedRuns.trial(campaign, 1);
        tracker.project(List.of(campaign, trial));
        assertThatThrownBy(() -> tracker.project(List.of(withSeed(trial, "2"))))
                .isInstanceOf(TrackerException.class)
                .hasMessageContaining("[run " + trial.name() + "]")
                .hasMessageContaining("seed");
    }

    @Test
    void aServerThatIsAwayIsSaidSoonWithWhatToStart() throws IOException {
        URI nobody = URI.create("http://127.0.0.1:" + StackServer.freePort());
        Instant before = Instant.now();
        try (MlflowTracker away = new MlflowTracker(MlflowServer.open(nobody), store::upload)) {
            assertThatThrownBy(() -> away.project(List.of(campaign)))
                    .isInstanceOf(TrackerException.class)
                    .hasMessageContaining(nobody.toString())
                    .hasMessageContaining("./normlab up");
        }
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void anotherKindOfServerIsToldApart() {
        try (MlflowTracker wrong = new MlflowTracker(MlflowServer.open(MLFLOW.s3Address()), store::upload)) {
            assertThatThrownBy(() -> wrong.project(List.of(campaign)))
                    .isInstanceOf(TrackerException.class)
                    .hasMessageContaining("GET " + MLFLOW.s3Address());
        }
    }

    private static TrackedRun withSeed(TrackedRun run, String seed) {
        return copy(run, Map.of("seed", seed), run.tags());
    }

    private static TrackedRun withParams(TrackedRun run, int count) {
        return copy(
                run,
                IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "param." + i, String::valueOf)),
                run.tags());
    }

    private static TrackedRun withTags(TrackedRun run, Map<String, String> tags) {
        return copy(run, run.params(), tags);
    }

    private static TrackedRun copy(TrackedRun run, Map<String, String> params, Map<String, String> tags) {
        return new TrackedRun(
                run.experiment(),
                run.identity(),
                run.parent(),
                run.name(),
                run.description(),
                run.status(),
                run.startedAt(),
                run.endedAt(),
                params,
                tags,
                run.metrics(),
                run.datasets(),
                run.attachments(),
                run.models());
    }
}
