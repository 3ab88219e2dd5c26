package normlab.learning.train;

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
import normlab.port.ArtifactStore;
import normlab.provenance.TrainingStack;
import normlab.provenance.TrialIdentity;
import normlab.task.Tasks.TrialInput;
import normlab.testkit.InMemoryArtifactStore;
import normlab.testkit.TinyDataset;
import normlab.trial.JournalRow;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;

/** Trials of four steps an epoch for two epochs, with a recipe that has state of every kind, in one store. */
final class TinyTrials {
    static final int STEPS = 8;

    private static final TrainingStack STACK = LearningStack.current(1);

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();

    TinyTrials() {
        TinyDataset.prepareIn(store);
    }

    InMemoryArtifactStore store() {
        return store;
    }

    TrialArchive archive(String prefix) {
        return new TrialArchive(store, TrialId.at(prefix));
    }

    /** A task that writes a checkpoint every two steps. */
    Train train() {
        return train(store);
    }

    Train train(ArtifactStore through) {
        return train(through, (trial, journal) -> {});
    }

    Train train(ArtifactStore through, Train.EpochListener listener) {
        return new Train(
                through, new DeviceDatasets(through), STACK, listener, Clock.systemUTC(), (steps, time) -> steps >= 2);
    }

    TrialInput trial(String prefix) {
        return trial(prefix, 1);
    }

    TrialInput trial(String prefix, long seed) {
        return trial(prefix, seed, Precision.FLOAT32);
    }

    TrialInput trial(String prefix, long seed, Precision precision) {
        Recipe recipe = new Recipe(
                0.05,
                0.9,
                true,
                5e-4,
                false,
                48,
                2,
                2,
                new Schedule.Cosine(),
                0.1,
                Optional.of(2.0),
                Optional.of(new Augmentation(1, false)),
                precision);
        Normalization cbn = new Normalization.CompleteBatchNorm(Math.sqrt(0.5), 1e-5, 0.1);
        TrialSpec spec = new TrialSpec(
                TinyDataset.SPEC,
                "plain-8",
                Activation.RELU,
                cbn,
                Head.PRE_GAP,
                recipe,
                seed,
                Optional.empty(),
                false,
                Optional.of(new PreciseStatistics(100, List.of(), true)),
                Optional.empty(),
                Optional.empty());
        archive(prefix).writeIdentity(new TrialIdentity(spec, TinyDataset.FINGERPRINT, STACK));
        return new TrialInput("r", TrialId.at(prefix));
    }

    byte[] model(String prefix) {
        return store.require(prefix + "/model.safetensors");
    }

    /** The journal without what depends on the clock. */
    List<List<Number>> measured(String prefix) {
        return archive(prefix).journal().stream()
                .map((JournalRow r) -> List.<Number>of(
                        r.epoch(),
                        r.step(),
                        r.learningRate(),
                        r.trainLoss(),
                        r.trainAccuracy(),
                        r.validationLoss(),
                        r.validationAccuracy(),
                        r.preciseLoss().orElseThrow(),
                        r.preciseAccuracy().orElseThrow()))
                .toList();
    }
}
