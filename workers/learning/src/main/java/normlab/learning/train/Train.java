package normlab.learning.train;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.experiment.TrialSpec;
import normlab.learning.data.DeviceDatasets;
import normlab.learning.data.DeviceDatasets.Dataset;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.provenance.Machine;
import normlab.provenance.Sha256;
import normlab.provenance.TrainingStack;
import normlab.provenance.TrialIdentity;
import normlab.task.HandBack;
import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.Tasks.TrainOutput;
import normlab.task.Tasks.TrialInput;
import normlab.trial.JournalRow;
import normlab.trial.Outcome;
import normlab.trial.ProbeRow;
import normlab.trial.TrainingRecord;
import normlab.trial.TrialArchive;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains one trial to the end of its recipe, from its newest checkpoint if it has one. One at a time in a process: DJL
 * has one gradient collector a process.
 */
public final class Train implements Task<TrialInput, TrainOutput> {
    private static final Logger LOG = LoggerFactory.getLogger(Train.class);

    private final ArtifactStore store;
    private final TrainingStack stack;
    private final EpochListener listener;
    private final Clock clock;
    private final DeviceDatasets datasets;

    /** @param stack what this process trains with; a trial planned for another is refused */
    public Train(ArtifactStore store, TrainingStack stack, EpochListener listener, Clock clock) {
        this.store = store;
        this.stack = stack;
        this.listener = listener;
        this.clock = clock;
        this.datasets = new DeviceDatasets(store);
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
    public TrainOutput run(TrialInput input, TaskContext context) throws TaskFailure, HandBack {
        TrialArchive archive = new TrialArchive(store, input.prefix());
        Optional<TrainingRecord> earlier = archive.training();
        if (earlier.isPresent()) {
            archive.deleteCheckpoints();
            return output(earlier.get(), true);
        }
        TrialIdentity identity = archive.identity();
        requireSameStack(identity);
        Instant started = clock.instant();
        TrialSpec spec = identity.spec();
        Dataset data = datasets.get(spec.dataset().name(), identity.datasetFingerprint());
        try (Training training = new Training(datasets.device(), spec, data, clock)) {
            List<JournalRow> journal = resume(archive, training);
            double earlierSeconds =
                    journal.stream().mapToDouble(JournalRow::seconds).sum();
            Outcome outcome = train(input, archive, training, spec.recipe().epochs(), journal, context);
            logProbes(training, journal, context);
            return finish(archive, training, outcome, started, earlierSeconds);
        }
    }

    private void requireSameStack(TrialIdentity identity) throws TaskFailure {
        if (!identity.stack().equals(stack)) {
            throw TaskFailure.permanent(
                    "the trial was planned for %s, this worker trains with %s; plan it again with this version, or run the worker it was planned for"
                            .formatted(identity.stack(), stack));
        }
    }

    /** Goes back to the newest checkpoint that is whole and cuts the journal to it. @return the journal up to there */
    private static List<JournalRow> resume(TrialArchive archive, Training training) {
        List<JournalRow> journal = archive.journal();
        for (int epoch = journal.size(); epoch > 0; epoch--) {
            try {
                Optional<byte[]> checkpoint = archive.checkpoint(epoch);
                if (checkpoint.isPresent()) {
                    training.restore(checkpoint.get());
                    training.probing().resume(archive.probes(), training.stepsDone());
                    LOG.info("{}: going on after epoch {}", archive.prefix(), epoch);
                    return new ArrayList<>(journal.subList(0, epoch));
                }
            } catch (StoreException | IllegalArgumentException e) {
                if (e instanceof StoreException store && store.retryable()) {
                    throw store;
                }
                LOG.warn(
                        "{}: the checkpoint of epoch {} is not usable, trying the one before",
                        archive.prefix(),
                        epoch,
                        e);
            }
        }
        return new ArrayList<>();
    }

    private Outcome train(
            TrialInput input,
            TrialArchive archive,
            Training training,
            int epochs,
            List<JournalRow> journal,
            TaskContext context)
            throws TaskFailure, HandBack {
        if (diverged(journal)) {
            return Outcome.DIVERGED;
        }
        while (training.epochsDone() < epochs) {
            JournalRow row = training.epoch(context);
            if (context.ended()) {
                throw TaskFailure.permanent(
                        "the task was ended from outside; %d epochs are safe".formatted(journal.size()));
            }
            journal.add(row);
            writeProbes(archive, training);
            archive.writeCheckpoint(row.epoch(), training.checkpoint());
            archive.writeJournal(journal);
            listener.epochEnded(input, List.copyOf(journal));
            context.log("epoch %d/%d: loss %.4f, validation accuracy %.2f %%, %.0f images/s"
                    .formatted(
                            row.epoch(),
                            epochs,
                            row.trainLoss(),
                            100 * row.validationAccuracy(),
                            row.imagesPerSecond()));
            if (diverged(journal)) {
                return Outcome.DIVERGED;
            }
        }
        return Outcome.COMPLETED;
    }

    /** Before the checkpoint: a resumed run cuts what lies behind its checkpoint, and cannot make up what is missing. */
    private static void writeProbes(TrialArchive archive, Training training) {
        List<ProbeRow> rows = training.probing().rows();
        if (!rows.isEmpty()) {
            archive.writeProbes(rows);
        }
    }

    /** The validation loss sees what the last step did to the weights; that step's own loss was taken before. */
    private static boolean diverged(List<JournalRow> journal) {
        return !journal.isEmpty()
                && !(Double.isFinite(journal.getLast().trainLoss())
                        && Double.isFinite(journal.getLast().validationLoss()));
    }

    /** The price of the probes, beside that of the training without them. */
    private static void logProbes(Training training, List<JournalRow> journal, TaskContext context) {
        List<ProbeRow> rows = training.probing().rows();
        if (!rows.isEmpty()) {
            double probed = rows.stream().mapToDouble(ProbeRow::seconds).sum();
            double trained = journal.stream().mapToDouble(JournalRow::seconds).sum();
            context.log("probed at %d steps: %d gradients, %.1f s, %.0f %% of the training's %.1f s"
                    .formatted(
                            rows.size(),
                            rows.stream().mapToLong(ProbeRow::gradients).sum(),
                            probed,
                            100 * probed / trained,
                            trained));
        }
    }

    private TrainOutput finish(
            TrialArchive archive, Training training, Outcome outcome, Instant started, double earlierSeconds) {
        byte[] model = training.network().toSafetensors();
        archive.writeModel(model);
        Instant ended = clock.instant();
        double seconds = Duration.between(started, ended).toNanos() / 1e9 + earlierSeconds;
        TrainingRecord record = new TrainingRecord(
                outcome,
                training.epochsDone(),
                Sha256.of(model),
                training.network().parameterCount(),
                training.resumes(),
                started,
                ended,
                seconds,
                Machine.current());
        archive.writeTraining(record);
        archive.deleteCheckpoints();
        return output(archive.training().orElse(record), false);
    }

    private static TrainOutput output(TrainingRecord record, boolean reused) {
        return new TrainOutput(
                record.outcome().word(), record.epochs(), record.modelSha256(), record.seconds(), reused);
    }
}
