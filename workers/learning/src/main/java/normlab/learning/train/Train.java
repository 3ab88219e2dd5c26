package normlab.learning.train;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import normlab.learning.HostMemory;
import normlab.learning.data.DeviceDatasets;
import normlab.learning.data.DeviceDatasets.Dataset;
import normlab.port.ArtifactStore;
import normlab.provenance.Machine;
import normlab.provenance.Sha256;
import normlab.provenance.TrainingStack;
import normlab.provenance.TrialIdentity;
import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;
import normlab.task.Tasks.TrainOutput;
import normlab.task.Tasks.TrialInput;
import normlab.trial.JournalRow;
import normlab.trial.Outcome;
import normlab.trial.ProbeRow;
import normlab.trial.TrainingRecord;
import normlab.trial.TrialArchive;

/**
 * Trains one trial to the end of its recipe, from its newest checkpoint if it has one. A process trains one trial at a
 * time, since DJL has one gradient collector for each process.
 */
public final class Train implements Task<TrialInput, TrainOutput> {
    /** Called after each epoch, once its journal row and checkpoint are stored. */
    @FunctionalInterface
    public interface EpochListener {
        /** Must return at once and never throw. */
        void epochEnded(TrialInput trial, List<JournalRow> journal);
    }

    private final ArtifactStore store;
    private final TrainingStack stack;
    private final EpochListener listener;
    private final Clock clock;
    private final Checkpoints.Rule rule;
    private final DeviceDatasets datasets;

    /**
     * Writes a checkpoint every five minutes and after each epoch.
     *
     * @param stack what this process trains with; it refuses a trial that was planned for another
     */
    public Train(
            ArtifactStore store, DeviceDatasets datasets, TrainingStack stack, EpochListener listener, Clock clock) {
        this(store, datasets, stack, listener, clock, Checkpoints.Rule.EVERY_FIVE_MINUTES);
    }

    Train(
            ArtifactStore store,
            DeviceDatasets datasets,
            TrainingStack stack,
            EpochListener listener,
            Clock clock,
            Checkpoints.Rule rule) {
        this.store = store;
        this.datasets = datasets;
        this.stack = stack;
        this.listener = listener;
        this.clock = clock;
        this.rule = rule;
    }

    @Override
    public String name() {
        return "train";
    }

    @Override
    public Class<TrialInput> inputType() {
        return TrialInput.class;
    }

    @Override
    public TrainOutput run(TrialInput input, TaskContext context) throws TaskFailure, TaskInProgress {
        TrialArchive archive = new TrialArchive(store, input.trial());
        Optional<TrainingRecord> earlier = archive.training();
        if (earlier.isPresent()) {
            archive.deleteProgress();
            return output(earlier.get(), true);
        }
        TrialIdentity identity = archive.identity();
        requireSameStack(identity);
        Instant started = clock.instant();
        Dataset data = datasets.get(identity.spec().dataset().name(), identity.datasetFingerprint());
        try (Trainer trainer = trainer(input, identity, data)) {
            Checkpoints checkpoints = new Checkpoints(archive, trainer, rule);
            checkpoints.resume();
            double earlierSeconds = trainer.seconds();
            train(input, archive, trainer, checkpoints, context);
            logProbes(trainer, context);
            return finish(archive, trainer, started, earlierSeconds);
        }
    }

    private Trainer trainer(TrialInput input, TrialIdentity identity, Dataset data) throws TaskFailure {
        try {
            return new Trainer(datasets.device(), identity, data, clock);
        } catch (IllegalArgumentException e) {
            throw TaskFailure.permanent("[%s] %s".formatted(input.trial(), e.getMessage()), e);
        }
    }

    private void requireSameStack(TrialIdentity identity) throws TaskFailure {
        if (!identity.stack().equals(stack)) {
            throw TaskFailure.permanent(
                    "the trial was planned for %s, this worker trains with %s; plan it again with this version, or run the worker it was planned for"
                            .formatted(identity.stack(), stack));
        }
    }

    private void train(
            TrialInput input, TrialArchive archive, Trainer trainer, Checkpoints checkpoints, TaskContext context)
            throws TaskFailure, TaskInProgress {
        while (!trainer.isOver()) {
            JournalRow row = trainer.epoch(() -> between(trainer, checkpoints, context));
            requireNotEnded(trainer, context);
            checkpoints.write();
            archive.showProgress(trainer.journal(), trainer.probes());
            listener.epochEnded(input, trainer.journal());
            context.log("epoch %d: loss %.4f, validation accuracy %.2f %%, %.0f images/s"
                    .formatted(row.epoch(), row.trainLoss(), 100 * row.validationAccuracy(), row.imagesPerSecond()));
        }
    }

    private static void between(Trainer trainer, Checkpoints checkpoints, TaskContext context)
            throws TaskFailure, TaskInProgress {
        requireNotEnded(trainer, context);
        if (context.stopRequested()) {
            checkpoints.write();
            throw new TaskInProgress("stopped after step %d; the checkpoint is stored".formatted(trainer.stepsDone()));
        }
        if (checkpoints.isDue()) {
            checkpoints.write();
        }
    }

    private static void requireNotEnded(Trainer trainer, TaskContext context) throws TaskFailure {
        if (context.ended()) {
            throw TaskFailure.permanent("the task was ended from outside, after step " + trainer.stepsDone());
        }
    }

    /** Logs what the probes cost, next to the training without them. */
    private static void logProbes(Trainer trainer, TaskContext context) {
        List<ProbeRow> rows = trainer.probes();
        if (!rows.isEmpty()) {
            double probed = rows.stream().mapToDouble(ProbeRow::seconds).sum();
            double trained = trainer.seconds();
            context.log("probed at %d steps: %d gradients, %.1f s, %.0f %% of the training's %.1f s"
                    .formatted(
                            rows.size(),
                            rows.stream().mapToLong(ProbeRow::gradients).sum(),
                            probed,
                            100 * probed / trained,
                            trained));
        }
    }

    private TrainOutput finish(TrialArchive archive, Trainer trainer, Instant started, double earlierSeconds) {
        try (HostMemory memory = trainer.hostMemory()) {
            ByteBuffer model = trainer.network().toSafetensors(memory.allocator());
            return finish(archive, trainer, model, started, earlierSeconds);
        }
    }

    private TrainOutput finish(
            TrialArchive archive, Trainer trainer, ByteBuffer model, Instant started, double earlierSeconds) {
        Instant ended = clock.instant();
        TrainingRecord record = new TrainingRecord(
                trainer.hasDiverged() ? Outcome.DIVERGED : Outcome.COMPLETED,
                trainer.journal().size(),
                Sha256.of(model),
                trainer.network().parameterCount(),
                trainer.resumes(),
                started,
                ended,
                Duration.between(started, ended).toNanos() / 1e9 + earlierSeconds,
                Machine.current());
        TrainingRecord kept = archive.complete(model, trainer.journal(), trainer.probes(), record);
        archive.deleteProgress();
        return output(kept, false);
    }

    private static TrainOutput output(TrainingRecord record, boolean reused) {
        return new TrainOutput(
                record.outcome().word(), record.epochs(), record.modelSha256(), record.seconds(), reused);
    }
}
