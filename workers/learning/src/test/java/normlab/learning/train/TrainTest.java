package normlab.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import normlab.experiment.Activation;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.Recipe;
import normlab.experiment.TrialSpec;
import normlab.learning.LearningStack;
import normlab.learning.evaluate.Evaluate;
import normlab.provenance.TrainingStack;
import normlab.provenance.TrialIdentity;
import normlab.task.HandBack;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.Tasks.EvaluateOutput;
import normlab.task.Tasks.TrainOutput;
import normlab.task.Tasks.TrialInput;
import normlab.testkit.InMemoryArtifactStore;
import normlab.testkit.SilentContext;
import normlab.testkit.TinyDataset;
import normlab.trial.JournalRow;
import normlab.trial.TrialArchive;
import normlab.trial.TrialResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrainTest {
    private static final TrainingStack STACK = LearningStack.current(1);
    private static final Normalization CBN = new Normalization.CompleteBatchNorm(Math.sqrt(0.5), 1e-5, 0.1);

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final Train train = new Train(store, STACK, (trial, journal) -> {}, Clock.systemUTC());

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
        EvaluateOutput scores =
                new Evaluate(store, Clock.systemUTC()).run(new TrialInput("r", "trials/a"), new SilentContext());
        assertThat(scores.top1()).isGreaterThan(0.9);
    }

    @Test
    void aRunStoppedAnywhereAndResumedEndsWithTheSameBytesAndJournal() throws Exception {
        train.run(trial("trials/whole", 0.05), new SilentContext());
        // 12 steps an epoch, 3 epochs: before the first checkpoint, in mid-epoch, between epochs, in the last epoch.
        for (int stopAt : List.of(5, 18, 24, 35)) {
            TrialInput input = trial("trials/stopped-" + stopAt, 0.05);
            assertThatThrownBy(() -> train.run(input, new StopAfter(stopAt))).isInstanceOf(HandBack.class);
            TrainOutput resumed = newTrain().run(input, new SilentContext());
            assertThat(resumed.modelSha256())
                    .as("stopped after step %d", stopAt)
                    .isEqualTo(archive("trials/whole").training().orElseThrow().modelSha256());
            assertThat(measured(input.prefix())).isEqualTo(measured("trials/whole"));
        }
    }

    @Test
    void aDamagedCheckpointIsPassedOverForTheOneBefore() throws Exception {
        train.run(trial("trials/whole", 0.05), new SilentContext());
        TrialInput input = trial("trials/damaged", 0.05);
        assertThatThrownBy(() -> train.run(input, new StopAfter(30))).isInstanceOf(HandBack.class);
        store.put("trials/damaged/checkpoint/epoch-0002.safetensors", new byte[] {8, 0, 0, 0, 0, 0, 0, 0, '{', '}'});
        assertThat(newTrain().run(input, new SilentContext()).modelSha256())
                .isEqualTo(archive("trials/whole").training().orElseThrow().modelSha256());
        assertThat(measured("trials/damaged")).isEqualTo(measured("trials/whole"));
    }

    @Test
    void aCheckpointThatIsHalfThereLeavesNoTrace() throws Exception {
        train.run(trial("trials/whole", 0.05), new SilentContext());
        TrialInput input = trial("trials/half", 0.05);
        assertThatThrownBy(() -> train.run(input, new StopAfter(18))).isInstanceOf(HandBack.class);
        // The weights of another model, and nothing of the optimizer: neither may be taken over.
        store.put("trials/half/checkpoint/epoch-0001.safetensors", store.require("trials/whole/model.safetensors"));
        assertThat(newTrain().run(input, new SilentContext()).modelSha256())
                .isEqualTo(archive("trials/whole").training().orElseThrow().modelSha256());
        assertThat(measured("trials/half")).isEqualTo(measured("trials/whole"));
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
        EvaluateOutput scores = new Evaluate(store, Clock.systemUTC()).run(input, new SilentContext());
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
    void aDivergedTrialThatLostItsRecordIsFoundDivergedAgain() throws Exception {
        TrialInput input = trial("trials/diverged", 1e30);
        String checkpoint = "trials/diverged/checkpoint/epoch-0001.safetensors";
        List<byte[]> saved = new ArrayList<>();
        EpochListener saving = (trial, journal) -> saved.add(store.require(checkpoint));
        new Train(store, STACK, saving, Clock.systemUTC()).run(input, new SilentContext());
        List<List<Number>> before = measured(input.prefix());
        store.put(checkpoint, saved.getFirst());
        store.delete("trials/diverged/training.json");
        assertThat(newTrain().run(input, new SilentContext()).outcome()).isEqualTo("diverged");
        assertThat(measured(input.prefix())).isEqualTo(before);
    }

    @Test
    void aTrialPlannedForAnotherStackIsRefusedForGood() {
        TrialInput input = trial("trials/other", 0.05);
        TrainingStack other = new TrainingStack("other", STACK.djl(), STACK.pytorch(), STACK.deviceClass(), 1);
        assertThatThrownBy(
                        () -> new Train(store, other, (t, j) -> {}, Clock.systemUTC()).run(input, new SilentContext()))
                .isInstanceOfSatisfying(
                        TaskFailure.class, e -> assertThat(e.isPermanent()).isTrue())
                .hasMessageContaining(STACK.sourceDigest());
    }

    @Test
    void evaluationGivesTheSameNumbersFromTheSameModelAndRefusesAnother() throws Exception {
        TrialInput input = trial("trials/scored", 0.05);
        train.run(input, new SilentContext());
        Evaluate evaluate = new Evaluate(store, Clock.systemUTC());
        evaluate.run(input, new SilentContext());
        TrialResult first = archive(input.prefix()).result().orElseThrow();
        store.delete("trials/scored/result.json");
        evaluate.run(input, new SilentContext());
        TrialResult second = archive(input.prefix()).result().orElseThrow();
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

    private Train newTrain() {
        return new Train(store, STACK, (trial, journal) -> {}, Clock.systemUTC());
    }

    private TrialInput trial(String prefix, double learningRate) {
        return trial(prefix, new Recipe(learningRate, 0.9, 5e-4, 16, 3, 4));
    }

    private TrialInput trial(String prefix, Recipe recipe) {
        TrialSpec spec = new TrialSpec(TinyDataset.SPEC, "plain-8", Activation.RELU, CBN, Head.PRE_GAP, recipe, 1);
        archive(prefix).writeIdentity(new TrialIdentity(spec, TinyDataset.FINGERPRINT, STACK));
        return new TrialInput("r", prefix);
    }

    private TrialArchive archive(String prefix) {
        return new TrialArchive(store, prefix);
    }

    /** The journal without what depends on the clock. */
    private List<List<Number>> measured(String prefix) {
        return archive(prefix).journal().stream()
                .map((JournalRow r) -> List.<Number>of(
                        r.epoch(),
                        r.step(),
                        r.learningRate(),
                        r.trainLoss(),
                        r.trainAccuracy(),
                        r.validationLoss(),
                        r.validationAccuracy()))
                .toList();
    }

    /** Asks the task to stop after so many steps. */
    private static final class StopAfter implements TaskContext {
        private int left;

        StopAfter(int steps) {
            this.left = steps;
        }

        @Override
        public boolean stopRequested() {
            return left-- <= 0;
        }

        @Override
        public boolean ended() {
            return false;
        }

        @Override
        public void log(String line) {}
    }
}
