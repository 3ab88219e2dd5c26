package normlab.platform.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import normlab.platform.s3.S3ArtifactStore;
import normlab.platform.s3.S3Settings;
import normlab.port.RunTracker.TrackerException;
import normlab.port.TrackedRun;
import normlab.testkit.RunLike;
import normlab.testkit.RunTrackerContract;
import normlab.testkit.ShownRun;
import normlab.testkit.TrackedRuns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link MlflowTracker} keeps beyond the contract, on any server. */
abstract class MlflowContract extends RunTrackerContract {
    private MlflowClients clients;

    abstract MlflowServer mlflow();

    /** Of the bucket in which the server keeps its artifacts. */
    abstract S3Settings settings();

    @BeforeEach
    void connect() {
        clients = MlflowClients.of(mlflow(), settings());
    }

    @AfterEach
    void disconnect() {
        clients.close();
    }

    @Override
    protected MlflowTracker tracker() {
        return clients.tracker();
    }

    @Override
    protected List<ShownRun> shown(String experiment) {
        return view().shown(experiment);
    }

    ServerView view() {
        return clients.view();
    }

    S3ArtifactStore store() {
        return clients.store();
    }

    @Test
    void timesDatasetAndFilesAreThere() {
        TrackedRun trial = TrackedRuns.trial(campaign, 1);
        tracker().project(List.of(campaign, trial));
        JsonNode run = view().run(experiment, trial.name());
        assertThat(run.path("info").path("start_time").asLong()).isEqualTo(TrackedRuns.START.toEpochMilli());
        assertThat(run.path("info").path("end_time").asLong())
                .isEqualTo(trial.endedAt().orElseThrow().toEpochMilli());
        JsonNode input = run.path("inputs").path("dataset_inputs").path(0);
        assertThat(input.path("dataset").path("name").asText()).isEqualTo("fashion-mnist");
        assertThat(input.path("tags").path(0).path("value").asText()).isEqualTo("training");
        assertThat(view().artifacts(run).path(0).path("path").asText()).isEqualTo("journal.csv");
        String key = run.path("info").path("artifact_uri").asText().replace("s3://normlab/", "") + "/journal.csv";
        assertThat(store().get(key))
                .hasValue(trial.attachments().getFirst().content().get());
    }

    @Test
    void aLinkOpensTheRunInTheViewForMachineLearning() {
        String link = tracker().project(List.of(campaign)).getFirst();
        String id = view().experiment(experiment).path("experiment_id").asText();
        String run = view().run(experiment, campaign.name())
                .path("info")
                .path("run_id")
                .asText();
        assertThat(link)
                .isEqualTo(
                        "%s/#/experiments/%s/runs/%s?workflowType=machine_learning".formatted(mlflow().ui(), id, run));
        assertThat(tracker().experimentLink(experiment))
                .isEqualTo("%s/#/experiments/%s/runs?workflowType=machine_learning".formatted(mlflow().ui(), id));
    }

    @Test
    void hostileTextsComeBackAsTheyWereSent() {
        String hostile =
                "<script>alert(1)</script> '; DROP TABLE runs; -- \u202e \ud83d\ude00 %s %n ${x} $(x) `x` ../../x \\";
        TrackedRun trial = RunLike.of(TrackedRuns.trial(campaign, 1))
                .name(hostile)
                .description(hostile)
                .params(Map.of("arm", hostile))
                .tags(Map.of("normlab.arm", hostile))
                .run();
        tracker().project(List.of(campaign, trial));
        JsonNode run = view().run(experiment, hostile);
        assertThat(run.path("data").path("params").path(0).path("value").asText())
                .isEqualTo(hostile);
        assertThat(run.path("data").path("tags").findValuesAsText("value")).contains(hostile);
        assertThat(view().runs(experiment)).as("the campaign and its trial").hasSize(2);
    }

    @Test
    void twoTrackersAtOnceLeaveOneRunOfEach() throws Exception {
        List<TrackedRun> runs = campaignOf(8);
        CyclicBarrier start = new CyclicBarrier(2);
        try (MlflowTracker other = new MlflowTracker(mlflow(), store()::upload);
                ExecutorService pool = Executors.newFixedThreadPool(2)) {
            List<Future<List<String>>> both = pool.invokeAll(Stream.of(tracker(), other)
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
        tracker().project(runs);
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
    void anExperimentDeletedByHandComesBack() {
        List<TrackedRun> runs = campaignOf(2);
        tracker().project(runs);
        view().deleteExperiment(experiment);
        tracker().project(runs);
        assertThat(view().experiment(experiment).path("lifecycle_stage").asText())
                .isEqualTo("active");
        assertThat(view().runs(experiment)).hasSize(3);
    }

    @Test
    void aTagOfOursThatNoLongerHoldsGoes() {
        TrackedRun running = RunLike.of(campaign)
                .tags(Map.of("normlab.kind", "campaign", "normlab.error", "disk full"))
                .run();
        tracker().project(List.of(running));
        assertThat(shown(experiment, campaign.name()).tags()).containsKey("normlab.error");
        tracker().project(List.of(campaign));
        assertThat(shown(experiment, campaign.name()).tags())
                .doesNotContainKey("normlab.error")
                .containsEntry("normlab.kind", "campaign");
    }

    @Test
    void aLongRunGoesInSeveralBatches() {
        TrackedRun trial = RunLike.of(TrackedRuns.trial(campaign, 1))
                .metrics(TrackedRuns.epochs(1, 300))
                .params(IntStream.range(0, 250).boxed().collect(Collectors.toMap(i -> "param." + i, String::valueOf)))
                .run();
        tracker().project(List.of(campaign, trial));
        ShownRun shown = shown(experiment, trial.name());
        assertThat(shown.params()).isEqualTo(trial.params());
        assertThat(shown.points()).hasSize(8).allSatisfy((k, n) -> assertThat(n).isEqualTo(300));
    }

    @Test
    void anotherValueOfAParamIsRefusedWithTheRunAndTheParam() {
        TrackedRun trial = TrackedRuns.trial(campaign, 1);
        tracker().project(List.of(campaign, trial));
        assertThatThrownBy(() -> tracker()
                        .project(List.of(
                                RunLike.of(trial).params(Map.of("seed", "2")).run())))
                .isInstanceOf(TrackerException.class)
                .hasMessageContaining("[run " + trial.name() + "]")
                .hasMessageContaining("seed");
    }
}
