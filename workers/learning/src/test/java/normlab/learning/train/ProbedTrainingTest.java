package normlab.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import normlab.experiment.Activation;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.Probes;
import normlab.experiment.Recipe;
import normlab.experiment.TrialSpec;
import normlab.learning.LearningStack;
import normlab.learning.data.DeviceDatasets;
import normlab.provenance.TrainingStack;
import normlab.provenance.TrialIdentity;
import normlab.task.TaskContext;
import normlab.task.TaskInProgress;
import normlab.task.Tasks.TrialInput;
import normlab.testkit.InMemoryArtifactStore;
import normlab.testkit.SilentContext;
import normlab.testkit.StopAfter;
import normlab.testkit.TinyDataset;
import normlab.trial.ProbeRow;
import normlab.trial.ProbeRow.Kind;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProbedTrainingTest {
    private static final TrainingStack STACK = LearningStack.current(1);

    /** 12 steps an epoch, 2 epochs: before the first step, within an epoch, between epochs, after the last step. */
    private static final Probes PROBES = new Probes(
            List.of(0.0, 0.3, 0.5, 1.0),
            List.of(1.3),
            true,
            Optional.of(new Probes.Gradient(2)),
            Optional.of(new Probes.Smoothness(16, List.of(0.1), 1e-3)),
            Optional.of(new Probes.Curvature(16, 2, 2e-3, 0.1)),
            Optional.empty(),
            Optional.empty());

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();

    @BeforeEach
    void prepare() {
        TinyDataset.prepareIn(store);
    }

    @Test
    void aRunWithProbesEndsWithTheSameModelAsOneWithout() throws Exception {
        run("trials/plain", Optional.empty(), new SilentContext());
        run("trials/probed", Optional.of(PROBES), new SilentContext());
        assertThat(store.require("trials/probed/model.safetensors"))
                .isEqualTo(store.require("trials/plain/model.safetensors"));
        assertThat(archive("trials/probed").journal())
                .usingRecursiveComparison()
                .ignoringFields("at", "seconds", "imagesPerSecond")
                .isEqualTo(archive("trials/plain").journal());
        assertThat(archive("trials/plain").probes()).isEmpty();
    }

    @Test
    void rowsAreThereForEachMomentInTheOrderOfTheSteps() throws Exception {
        run("trials/probed", Optional.of(PROBES), new SilentContext());
        List<ProbeRow> rows = archive("trials/probed").probes();
        assertThat(rows).extracting(ProbeRow::step).isSorted().doesNotHaveDuplicates();
        assertThat(rows).extracting(ProbeRow::step).contains(0L, 7L, 12L, 24L);
        assertThat(rows.stream().flatMap(r -> r.occasions().stream()))
                .filteredOn(o -> o.kind() == Kind.TRAINING_LOSS)
                .hasSize(1);
        assertThat(rows).allSatisfy(r -> assertThat(r.trainingLoss()).isFinite());
        assertThat(rows.getFirst().gradients()).isGreaterThan(2);
    }

    @Test
    void aResumedRunHasTheSameRowsOnce() throws Exception {
        run("trials/whole", Optional.of(PROBES), new SilentContext());
        for (int stopAt : List.of(9, 18)) {
            String prefix = "trials/stopped-" + stopAt;
            assertThatThrownBy(() -> run(prefix, Optional.of(PROBES), new StopAfter(stopAt)))
                    .isInstanceOf(TaskInProgress.class);
            run(prefix, Optional.of(PROBES), new SilentContext());
            assertThat(measured(prefix)).as("stopped after step %d", stopAt).isEqualTo(measured("trials/whole"));
            assertThat(store.require(prefix + "/model.safetensors"))
                    .isEqualTo(store.require("trials/whole/model.safetensors"));
        }
    }

    @Test
    void aTrainingThatDivergesIsProbedToItsEnd() throws Exception {
        TrialInput input = trial("trials/diverged", Optional.of(PROBES), 1e30);
        assertThat(new Train(store, new DeviceDatasets(store), STACK, (t, j) -> {}, Clock.systemUTC())
                        .run(input, new SilentContext())
                        .outcome())
                .isEqualTo("diverged");
        List<ProbeRow> rows = archive("trials/diverged").probes();
        assertThat(rows.getFirst().trainingLoss()).isFinite();
        assertThat(rows.getLast().trainingLoss()).isNaN();
    }

    private List<ProbeRow> measured(String prefix) {
        return archive(prefix).probes().stream()
                .map(r -> new ProbeRow(
                        r.version(),
                        r.step(),
                        r.epoch(),
                        Instant.EPOCH,
                        r.occasions(),
                        r.learningRate(),
                        r.batches(),
                        r.trainingLoss(),
                        r.evaluationLoss(),
                        r.gradient(),
                        r.smoothness(),
                        r.curvature(),
                        r.layerCurvature(),
                        r.layers(),
                        r.runningStatistics(),
                        r.gradients(),
                        0))
                .toList();
    }

    private void run(String prefix, Optional<Probes> probes, TaskContext context) throws Exception {
        TrialInput input = trial(prefix, probes, 0.05);
        new Train(store, new DeviceDatasets(store), STACK, (t, j) -> {}, Clock.systemUTC()).run(input, context);
    }

    private TrialInput trial(String prefix, Optional<Probes> probes, double learningRate) {
        TrialSpec spec = new TrialSpec(
                TinyDataset.SPEC,
                "plain-8",
                Activation.RELU,
                new Normalization.CompleteBatchNorm(Math.sqrt(0.5), 1e-5, 0.1),
                Head.PRE_GAP,
                new Recipe(learningRate, 0.9, 5e-4, 16, 2, 4),
                1,
                probes,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        archive(prefix).writeIdentity(new TrialIdentity(spec, TinyDataset.FINGERPRINT, STACK));
        return new TrialInput("r", TrialId.at(prefix));
    }

    private TrialArchive archive(String prefix) {
        return new TrialArchive(store, TrialId.at(prefix));
    }
}
