package normlab.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import normlab.experiment.Activation;
import normlab.experiment.Augmentation;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.PreciseStatistics;
import normlab.experiment.Precision;
import normlab.experiment.Recipe;
import normlab.experiment.Schedule;
import normlab.experiment.TrialSpec;
import normlab.learning.LearningStack;
import normlab.learning.data.DeviceDatasets;
import normlab.learning.evaluate.Evaluate;
import normlab.provenance.TrainingStack;
import normlab.provenance.TrialIdentity;
import normlab.task.TaskFailure;
import normlab.task.Tasks.EvaluateOutput;
import normlab.task.Tasks.TrainOutput;
import normlab.task.Tasks.TrialInput;
import normlab.testkit.InMemoryArtifactStore;
import normlab.testkit.SilentContext;
import normlab.testkit.TinyDataset;
import normlab.trial.JournalRow;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;
import normlab.trial.TrialResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrainTest {
    private static final TrainingStack STACK = LearningStack.current(1);
    private static final Normalization CBN = new Normalization.CompleteBatchNorm(Math.sqrt(0.5), 1e-5, 0.1);

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final Train train =
            new Train(store, new DeviceDatasets(store), STACK, (trial, journal) -> {}, Clock.systemUTC());

    @BeforeEach
    void prepare() {
        TinyDataset.prepareIn(store);
    }

    @Test
    void trainingLearnsAndTheSameTrialGivesTheSameBytes() throws Exception {
        TrainOutput first = train.run(trial("trials/a", 0.05), new SilentContext());
        TrainOutput second = train.run(trial("trials/b", 0.05), new SilentContext());
        assertThat(first.outcome()).isEqualTo("completed");
        assertThat(second.modelSha256()).isEqualTo(first.modelSha256());
        assertThat(store.require("trials/b/model.safetensors")).isEqualTo(store.require("trials/a/model.safetensors"));
        EvaluateOutput scores = new Evaluate(store, new DeviceDatasets(store), Clock.systemUTC())
                .run(new TrialInput("r", TrialId.at("trials/a")), new SilentContext());
        assertThat(scores.top1()).isGreaterThan(0.9);
    }

    @Test
    void aTrainedTrialIsNotTrainedAgain() throws Exception {
        TrialInput input = trial("trials/once", 0.05);
        assertThat(train.run(input, new SilentContext()).reused()).isFalse();
        assertThat(train.run(input, new SilentContext()).reused()).isTrue();
    }

    @Test
    void divergenceIsAResultAtChanceAccuracy() throws Exception {
        TrialInput input = trial("trials/diverged", 1e30);
        assertThat(train.run(input, new SilentContext()).outcome()).isEqualTo("diverged");
        EvaluateOutput scores =
                new Evaluate(store, new DeviceDatasets(store), Clock.systemUTC()).run(input, new SilentContext());
        assertThat(scores.outcome()).isEqualTo("diverged");
        assertThat(scores.top1()).isEqualTo(0.25);
        assertThat(archive("trials/diverged").result().orElseThrow().trainLossEvalMode())
                .isNaN();
    }

    @Test
    void weightsThatTheLastStepBrokeAreADivergenceToo() throws Exception {
        // One step in all: its loss is that of the initial weights, and finite.
        TrialInput input = trial("trials/last-step", new Recipe(1e38, 0.9, 5e-4, 192, 1, 0));
        assertThat(train.run(input, new SilentContext()).outcome()).isEqualTo("diverged");
        assertThat(archive("trials/last-step").journal().getLast().trainLoss()).isFinite();
    }

    @Test
    void aDivergenceIsJournaledWithItsStepAndTheLossBefore() throws Exception {
        train.run(trial("trials/diverged", 1e30), new SilentContext());
        JournalRow.Divergence divergence =
                archive("trials/diverged").journal().getLast().divergence().orElseThrow();
        assertThat(divergence.step()).isBetween(1L, 11L);
        assertThat(divergence.lossBefore()).isFinite().isPositive();
        train.run(trial("trials/sound", 0.05), new SilentContext());
        assertThat(archive("trials/sound").journal())
                .allMatch(r -> r.divergence().isEmpty());
    }

    @Test
    void theTestSetIsMeasuredEachEpochOnlyWhereTheExperimentSaysSoAndChangesNothing() throws Exception {
        train.run(trial("trials/plain", 0.05), new SilentContext());
        TrialSpec spec = spec(new Recipe(0.05, 0.9, 5e-4, 16, 3, 4));
        TrialSpec measured = new TrialSpec(
                spec.dataset(),
                spec.network(),
                spec.activation(),
                spec.normalization(),
                spec.head(),
                spec.recipe(),
                spec.seed(),
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        TrialInput input = trial("trials/measured", measured);
        train.run(input, new SilentContext());
        new Evaluate(store, new DeviceDatasets(store), Clock.systemUTC()).run(input, new SilentContext());
        assertThat(store.require("trials/measured/model.safetensors"))
                .isEqualTo(store.require("trials/plain/model.safetensors"));
        assertThat(archive("trials/plain").journal())
                .allMatch(r -> r.testAccuracy().isEmpty());
        double last =
                archive("trials/measured").journal().getLast().testAccuracy().orElseThrow();
        assertThat(last)
                .isEqualTo(
                        archive("trials/measured").result().orElseThrow().test().top1());
    }

    @Test
    void preciseStatisticsAreMeasuredAtTheirEpochsAndChangeNothing() throws Exception {
        train.run(trial("trials/plain", 0.05), new SilentContext());
        TrialInput input = trial("trials/precise", precise(CBN, new Recipe(0.05, 0.9, 5e-4, 16, 3, 4)));
        train.run(input, new SilentContext());
        new Evaluate(store, new DeviceDatasets(store), Clock.systemUTC()).run(input, new SilentContext());
        assertThat(store.require("trials/precise/model.safetensors"))
                .isEqualTo(store.require("trials/plain/model.safetensors"));
        assertThat(archive("trials/precise").journal())
                .extracting(r -> r.preciseAccuracy().isPresent())
                .containsExactly(false, true, true);
        TrialResult result = archive("trials/precise").result().orElseThrow();
        assertThat(result.testPrecise().orElseThrow().top1()).isGreaterThan(0.9);
        assertThat(result.testPrecise().orElseThrow().loss())
                .isNotEqualTo(result.test().loss());
        assertThat(archive("trials/plain").journal())
                .allMatch(r -> r.preciseLoss().isEmpty());
    }

    @Test
    void aNetworkWithoutStatisticsHasNoPreciseOnes() throws Exception {
        TrialInput input = trial("trials/none", precise(new Normalization.None(), new Recipe(0.05, 0.9, 0, 16, 1, 0)));
        train.run(input, new SilentContext());
        new Evaluate(store, new DeviceDatasets(store), Clock.systemUTC()).run(input, new SilentContext());
        assertThat(archive("trials/none").journal().getLast().preciseLoss()).isEmpty();
        assertThat(archive("trials/none").result().orElseThrow().testPrecise()).isEmpty();
    }

    private static TrialSpec precise(Normalization normalization, Recipe recipe) {
        return new TrialSpec(
                TinyDataset.SPEC,
                "plain-8",
                Activation.RELU,
                normalization,
                normalization.equals(CBN) ? Head.PRE_GAP : Head.OFF,
                recipe,
                1,
                Optional.empty(),
                false,
                Optional.of(new PreciseStatistics(64, List.of(0.5, 1.0), false)),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void aRecipeWithEverythingTrainsToTheSameBytesTwice() throws Exception {
        Recipe recipe = new Recipe(
                0.05,
                0.9,
                true,
                5e-4,
                true,
                16,
                3,
                4,
                new Schedule.Steps(List.of(2), 0.2),
                0.1,
                Optional.of(2.0),
                Optional.of(new Augmentation(1, false)),
                Precision.FLOAT32);
        TrainOutput first = train.run(trial("trials/a", recipe), new SilentContext());
        TrainOutput second = train.run(trial("trials/b", recipe), new SilentContext());
        assertThat(second.modelSha256()).isEqualTo(first.modelSha256());
        assertThat(archive("trials/a").journal().getLast().learningRate()).isCloseTo(0.01, within(1e-12));
        assertThat(archive("trials/a").journal().getLast().validationAccuracy()).isGreaterThan(0.8);
    }

    @Test
    void trainingInBfloat16LearnsAndEndsWithTheSameBytesTwice() throws Exception {
        Recipe recipe = new Recipe(0.05, 0.9, 5e-4, 16, 3, 4).withPrecision(Precision.BFLOAT16);
        TrainOutput first = train.run(trial("trials/narrow-a", recipe), new SilentContext());
        TrainOutput second = train.run(trial("trials/narrow-b", recipe), new SilentContext());
        TrainOutput wide = train.run(trial("trials/wide", 0.05), new SilentContext());
        assertThat(second.modelSha256()).isEqualTo(first.modelSha256()).isNotEqualTo(wide.modelSha256());
        double narrowLoss = archive("trials/narrow-a").journal().getLast().trainLoss();
        double wideLoss = archive("trials/wide").journal().getLast().trainLoss();
        assertThat(narrowLoss).isCloseTo(wideLoss, within(0.05));
    }

    @Test
    void aTrainingSetThatDoesNotFillOneBatchIsRefusedForGood() {
        TrialInput input = trial("trials/large", new Recipe(0.1, 0.9, 5e-4, 193, 1, 0));
        assertThatThrownBy(() -> train.run(input, new SilentContext()))
                .isInstanceOfSatisfying(
                        TaskFailure.class, e -> assertThat(e.isPermanent()).isTrue())
                .hasMessageContaining("batchSize is 193, expected at most the 192 training images");
    }

    @Test
    void aTrialPlannedForAnotherStackIsRefusedForGood() {
        TrialInput input = trial("trials/other", 0.05);
        TrainingStack other = new TrainingStack("other", STACK.djl(), STACK.pytorch(), STACK.deviceClass(), 1);
        assertThatThrownBy(() -> new Train(store, new DeviceDatasets(store), other, (t, j) -> {}, Clock.systemUTC())
                        .run(input, new SilentContext()))
                .isInstanceOfSatisfying(
                        TaskFailure.class, e -> assertThat(e.isPermanent()).isTrue())
                .hasMessageContaining(STACK.sourceDigest());
    }

    @Test
    void evaluationGivesTheSameNumbersFromTheSameModelAndRefusesAnother() throws Exception {
        TrialInput input = trial("trials/scored", 0.05);
        train.run(input, new SilentContext());
        Evaluate evaluate = new Evaluate(store, new DeviceDatasets(store), Clock.systemUTC());
        evaluate.run(input, new SilentContext());
        TrialResult first = archive(input.trial().prefix()).result().orElseThrow();
        store.delete("trials/scored/result.json");
        evaluate.run(input, new SilentContext());
        TrialResult second = archive(input.trial().prefix()).result().orElseThrow();
        assertThat(second.test()).isEqualTo(first.test());
        assertThat(second.trainLossTrainMode()).isEqualTo(first.trainLossTrainMode());
        assertThat(first.test().confusion().stream()
                        .flatMap(List::stream)
                        .mapToInt(i -> i)
                        .sum())
                .isEqualTo(100);

        store.delete("trials/scored/result.json");
        byte[] model = store.require("trials/scored/model.safetensors");
        model[model.length - 1] ^= 1;
        store.put("trials/scored/model.safetensors", model);
        assertThatThrownBy(() -> evaluate.run(input, new SilentContext())).hasMessageContaining("training.json says");
    }

    private TrialInput trial(String prefix, double learningRate) {
        return trial(prefix, new Recipe(learningRate, 0.9, 5e-4, 16, 3, 4));
    }

    private TrialInput trial(String prefix, Recipe recipe) {
        return trial(prefix, spec(recipe));
    }

    private TrialInput trial(String prefix, TrialSpec spec) {
        archive(prefix).writeIdentity(new TrialIdentity(spec, TinyDataset.FINGERPRINT, STACK));
        return new TrialInput("r", TrialId.at(prefix));
    }

    private static TrialSpec spec(Recipe recipe) {
        return new TrialSpec(TinyDataset.SPEC, "plain-8", Activation.RELU, CBN, Head.PRE_GAP, recipe, 1);
    }

    private TrialArchive archive(String prefix) {
        return new TrialArchive(store, TrialId.at(prefix));
    }
}
