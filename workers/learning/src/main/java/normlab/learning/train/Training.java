package normlab.learning.train;

import static normlab.json.Checks.check;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.experiment.Recipe;
import normlab.experiment.TrialSpec;
import normlab.learning.data.DeviceDatasets.Dataset;
import normlab.learning.data.Samples;
import normlab.learning.evaluate.Scoring;
import normlab.learning.network.Kernels;
import normlab.learning.network.Network;
import normlab.learning.network.Tensors;
import normlab.learning.probe.Probing;
import normlab.task.HandBack;
import normlab.task.TaskFailure;
import normlab.trial.Checkpoint;
import normlab.trial.JournalRow;
import normlab.trial.ProbeRow;

/**
 * One trial in training: epoch after epoch, from its initial weights or from a checkpoint between any two steps, with the
 * same bytes either way. Nothing is read back from the device within an epoch, but for checkpoints and probes.
 */
final class Training implements AutoCloseable {
    private final NDManager manager;
    private final TrialSpec spec;
    private final Dataset data;
    private final Network network;
    private final TrainingStep trainingStep;
    private final int stepsPerEpoch;
    private final LearningRate learningRate;
    private final Clock clock;
    private final Probing probing;
    private final List<JournalRow> journal = new ArrayList<>();
    private NDManager epochScope;
    private EpochTally tally;
    private int stepInEpoch;
    private double seconds;
    private int resumes;

    /** @throws IllegalArgumentException if the training set does not fill one batch, or cannot be changed as the recipe says */
    Training(NDManager parent, TrialSpec spec, Dataset data, Clock clock) {
        Kernels.recordGradients(false);
        this.manager = parent.newSubManager();
        this.spec = spec;
        this.data = data;
        this.clock = clock;
        this.network = newNetwork();
        this.trainingStep = new TrainingStep(manager, network, spec.recipe());
        this.stepsPerEpoch = data.train().size() / spec.recipe().batchSize();
        check(
                stepsPerEpoch > 0,
                "batchSize is %s, expected at most the %s training images",
                spec.recipe().batchSize(),
                data.train().size());
        check(
                spec.recipe().augmentation().isEmpty()
                        || data.facts().train().shards().isEmpty(),
                "augmentation is given, expected none: the images of %s are cut and mirrored as they are decoded",
                spec.dataset().name());
        this.learningRate = new LearningRate(spec.recipe(), stepsPerEpoch);
        this.probing = new Probing(
                manager,
                spec,
                network,
                this::newNetwork,
                data.train(),
                new Probing.Course(stepsPerEpoch, learningRate.steps(), learningRate::at),
                clock);
        this.epochScope = manager.newSubManager();
        this.tally = new EpochTally(epochScope);
    }

    private Network newNetwork() {
        return new Network(manager, spec, data.facts().channels(), data.classes());
    }

    Network network() {
        return network;
    }

    /** A row for each whole epoch. */
    List<JournalRow> journal() {
        return List.copyOf(journal);
    }

    List<ProbeRow> probes() {
        return probing.rows();
    }

    /** Optimizer steps taken. */
    long stepsDone() {
        return stepsBefore() + stepInEpoch;
    }

    private long stepsBefore() {
        return (long) journal.size() * stepsPerEpoch;
    }

    int resumes() {
        return resumes;
    }

    /** Arrays that outlive a step: those of the training, and those of the running epoch. */
    int arrays() {
        return manager.getManagedArrays().size() + epochScope.getManagedArrays().size();
    }

    /** Spent on the steps so far, over all attempts that count. */
    double seconds() {
        return seconds + journal.stream().mapToDouble(JournalRow::seconds).sum();
    }

    /** Whether no step is left to take, as the recipe is done or the loss is not finite any more. */
    boolean isOver() {
        return journal.size() == spec.recipe().epochs() || hasDiverged();
    }

    boolean hasDiverged() {
        return !journal.isEmpty() && journal.getLast().diverged();
    }

    /** What may happen between two steps, such as a checkpoint. */
    interface Pause {
        void between() throws HandBack, TaskFailure;
    }

    /** Takes the steps that are left of the running epoch. @return its row, which is in the journal then */
    JournalRow epoch(Pause pause) throws HandBack, TaskFailure {
        try (Samples.Batches batches = data.train().shuffled(epochScope, pass())) {
            NDArray rates = rates();
            while (stepInEpoch < stepsPerEpoch) {
                pause.between();
                probe();
                long started = System.nanoTime();
                step(batches, rates.get(stepInEpoch));
                stepInEpoch++;
                if (stepInEpoch == stepsPerEpoch) {
                    // Waits for the device: the time counts until the epoch's work is done, not until it is asked for.
                    tally.hits();
                }
                seconds += (System.nanoTime() - started) / 1e9;
            }
            probe();
        }
        return endEpoch();
    }

    private Samples.Pass pass() {
        Recipe recipe = spec.recipe();
        return new Samples.Pass(
                spec.seed(), journal.size() + 1, recipe.batchSize(), stepInEpoch, recipe.augmentation());
    }

    private void probe() {
        probing.between(stepsDone(), stepInEpoch, tally::meanLoss);
    }

    /** The learning rates of the epoch, on the device: a copy for each step would wait for the step before. */
    private NDArray rates() {
        float[] rates = new float[stepsPerEpoch];
        for (int i = 0; i < stepsPerEpoch; i++) {
            rates[i] = (float) learningRate.at(stepsBefore() + i);
        }
        return epochScope.create(rates);
    }

    private void step(Samples.Batches batches, NDArray rate) {
        try (NDManager scratch = epochScope.newSubManager();
                rate) {
            Samples.Batch batch = batches.next(scratch).orElseThrow();
            TrainingStep.Result result = trainingStep.differentiate(batch);
            trainingStep.update(scratch, rate);
            tally.add(result.loss(), Kernels.hits(result.logits(), batch.labels()));
        }
    }

    private JournalRow endEpoch() {
        Scoring.LossAndAccuracy validated = Scoring.quick(manager, network, data.validation());
        Optional<Scoring.LossAndAccuracy> tested = Optional.of(data.test())
                .filter(test -> spec.measureTestEachEpoch())
                .map(test -> Scoring.quick(manager, network, test));
        int images = stepsPerEpoch * spec.recipe().batchSize();
        JournalRow row = new JournalRow(
                journal.size() + 1,
                stepsDone(),
                clock.instant(),
                learningRate.at(stepsDone() - 1),
                tally.meanLoss(stepsPerEpoch),
                (double) tally.hits() / images,
                validated.loss(),
                validated.accuracy(),
                seconds,
                images / seconds,
                tested.map(Scoring.LossAndAccuracy::loss),
                tested.map(Scoring.LossAndAccuracy::accuracy),
                tally.divergence(stepsBefore()));
        journal.add(row);
        stepInEpoch = 0;
        seconds = 0;
        startTally(new NDList());
        return row;
    }

    private void startTally(NDList stored) {
        epochScope.close();
        epochScope = manager.newSubManager();
        tally = EpochTally.of(epochScope, stored, stepInEpoch);
    }

    /** All that the next step depends on, and the rows so far. */
    Checkpoint checkpoint() {
        try (NDManager scratch = manager.newSubManager()) {
            List<Tensors.Named> tensors = state();
            tensors.addAll(tally.state(scratch));
            Checkpoint.Cursor cursor =
                    new Checkpoint.Cursor(journal.size(), stepInEpoch, seconds, resumes, journal, probes());
            return new Checkpoint(cursor, Tensors.encode(tensors));
        }
    }

    private List<Tensors.Named> state() {
        List<Tensors.Named> state = new ArrayList<>(network.state());
        state.addAll(trainingStep.state());
        return state;
    }

    /**
     * Goes on from a checkpoint, or takes over nothing of it.
     *
     * @throws IllegalArgumentException if it is not a checkpoint of this trial
     */
    void restore(Checkpoint checkpoint) {
        Checkpoint.Cursor cursor = checkpoint.cursor();
        try (NDManager scratch = manager.newSubManager()) {
            NDList stored = Tensors.decode(scratch, checkpoint.tensors());
            // Refused here, before anything is changed.
            EpochTally.of(scratch, stored, cursor.stepInEpoch());
            Tensors.copy(stored, state());
            journal.clear();
            journal.addAll(cursor.journal());
            probing.resume(cursor.probes());
            stepInEpoch = cursor.stepInEpoch();
            seconds = cursor.seconds();
            resumes = cursor.resumes() + 1;
            startTally(stored);
        }
    }

    @Override
    public void close() {
        network.close();
        manager.close();
    }
}
