package normlab.learning.train;

import static normlab.json.Checks.check;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.experiment.Precision;
import normlab.experiment.Recipe;
import normlab.experiment.TrialSpec;
import normlab.learning.HostMemory;
import normlab.learning.data.DeviceDatasets.Dataset;
import normlab.learning.data.Samples;
import normlab.learning.evaluate.Evaluator;
import normlab.learning.evaluate.PreciseEvaluator;
import normlab.learning.network.Network;
import normlab.learning.network.Safetensors;
import normlab.learning.network.TorchOps;
import normlab.learning.probe.ProbeRecorder;
import normlab.provenance.TrialIdentity;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;
import normlab.trial.Checkpoint;
import normlab.trial.JournalRow;
import normlab.trial.ProbeRow;

/**
 * Trains one trial epoch by epoch, from its initial weights or from a checkpoint between any two steps, with the same
 * bytes either way. Within an epoch, only checkpoints and probes read from the device.
 */
final class Trainer implements AutoCloseable {
    private final NDManager manager;
    private final String trial;
    private final TrialSpec spec;
    private final Dataset data;
    private final Network network;
    private final TrainingStep trainingStep;
    private final int stepsPerEpoch;
    private final LearningRateSchedule learningRate;
    private final Clock clock;
    private final ProbeRecorder probes;
    private final PreciseEvaluator precise;
    private final List<JournalRow> journal = new ArrayList<>();
    private NDManager epochScope;
    private EpochMetrics metrics;
    private int stepInEpoch;
    private double seconds;
    private int resumes;

    /**
     * @throws IllegalArgumentException if the training set does not fill one batch, or the recipe has an augmentation that
     *     does not apply to it
     */
    Trainer(NDManager parent, TrialIdentity identity, Dataset data, Clock clock) {
        TorchOps.recordGradients(false);
        this.manager = parent.newSubManager();
        this.trial = identity.key();
        this.spec = identity.spec();
        this.data = data;
        this.clock = clock;
        this.network = newNetwork(spec.recipe().precision());
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
                "augmentation is set, expected null: the images of %s are cropped and mirrored as they are decoded",
                spec.dataset().name());
        this.learningRate = new LearningRateSchedule(spec.recipe(), stepsPerEpoch);
        this.probes = new ProbeRecorder(
                manager,
                spec,
                network,
                // Finite differences of gradients need more digits than bfloat16 has.
                () -> newNetwork(Precision.FLOAT32),
                data.train(),
                new ProbeRecorder.StepSchedule(stepsPerEpoch, learningRate.steps(), learningRate::at),
                clock);
        this.precise = new PreciseEvaluator(manager, spec, data.train());
        this.epochScope = manager.newSubManager();
        this.metrics = new EpochMetrics(epochScope);
    }

    private Network newNetwork(Precision precision) {
        return new Network(manager, spec, data.facts().channels(), data.classes(), precision);
    }

    Network network() {
        return network;
    }

    /** One row for each completed epoch. */
    List<JournalRow> journal() {
        return List.copyOf(journal);
    }

    List<ProbeRow> probes() {
        return probes.rows();
    }

    /** How many optimizer steps have been taken. */
    long stepsDone() {
        return stepsBefore() + stepInEpoch;
    }

    private long stepsBefore() {
        return (long) journal.size() * stepsPerEpoch;
    }

    int resumes() {
        return resumes;
    }

    /** How many arrays outlive a step: those of the training and those of the current epoch. */
    int arrays() {
        return manager.getManagedArrays().size() + epochScope.getManagedArrays().size();
    }

    /** The seconds that the steps so far took, over all attempts that count. */
    double seconds() {
        return seconds + journal.stream().mapToDouble(JournalRow::seconds).sum();
    }

    /** Whether the recipe is finished or the loss is no longer finite. */
    boolean isOver() {
        return journal.size() == spec.recipe().epochs() || hasDiverged();
    }

    boolean hasDiverged() {
        return !journal.isEmpty() && journal.getLast().diverged();
    }

    /** Called between two steps; writes a checkpoint, for example. */
    interface BetweenSteps {
        void run() throws TaskInProgress, TaskFailure;
    }

    /**
     * Takes the remaining steps of the current epoch.
     *
     * @return its row, which has been added to the journal
     */
    JournalRow epoch(BetweenSteps betweenSteps) throws TaskInProgress, TaskFailure {
        try (Samples.Batches batches = data.train().shuffled(epochScope, pass())) {
            NDArray rates = rates();
            while (stepInEpoch < stepsPerEpoch) {
                betweenSteps.run();
                probe();
                long started = System.nanoTime();
                step(batches, rates.get(stepInEpoch));
                stepInEpoch++;
                if (stepInEpoch == stepsPerEpoch) {
                    // Waits for the device, so that the time includes work that is queued there.
                    metrics.hits();
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
        probes.betweenSteps(stepsDone(), stepInEpoch, metrics::meanLoss);
    }

    /** The learning rates of the epoch, on the device. A copy in each step would wait for the step before. */
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
            metrics.add(result.loss(), TorchOps.hits(result.logits(), batch.labels()));
        }
    }

    private JournalRow endEpoch() {
        Evaluator.LossAndAccuracy validated = Evaluator.lossAndAccuracy(manager, network, data.validation());
        Optional<Evaluator.LossAndAccuracy> tested = Optional.of(data.test())
                .filter(test -> spec.measureTestEachEpoch())
                .map(test -> Evaluator.lossAndAccuracy(manager, network, test));
        Optional<Evaluator.LossAndAccuracy> precisely = precisely();
        int images = stepsPerEpoch * spec.recipe().batchSize();
        JournalRow row = new JournalRow(
                journal.size() + 1,
                stepsDone(),
                clock.instant(),
                learningRate.at(stepsDone() - 1),
                metrics.meanLoss(stepsPerEpoch),
                (double) metrics.hits() / images,
                validated.loss(),
                validated.accuracy(),
                seconds,
                images / seconds,
                tested.map(Evaluator.LossAndAccuracy::loss),
                tested.map(Evaluator.LossAndAccuracy::accuracy),
                precisely.map(Evaluator.LossAndAccuracy::loss),
                precisely.map(Evaluator.LossAndAccuracy::accuracy),
                metrics.divergence(stepsBefore()));
        journal.add(row);
        stepInEpoch = 0;
        seconds = 0;
        startMetrics(new NDList());
        return row;
    }

    private Optional<Evaluator.LossAndAccuracy> precisely() {
        return spec.preciseStatistics()
                .filter(p -> p.isDue(journal.size() + 1, spec.recipe().epochs()))
                .flatMap(p -> precise.evaluate(
                        network, () -> Evaluator.lossAndAccuracy(manager, network, data.validation())));
    }

    private void startMetrics(NDList stored) {
        epochScope.close();
        epochScope = manager.newSubManager();
        metrics = EpochMetrics.of(epochScope, stored, stepInEpoch);
    }

    /** Memory for checkpoints and models, to be closed. */
    HostMemory hostMemory() {
        return new HostMemory(manager);
    }

    /**
     * Everything that the next step depends on, and the rows so far.
     *
     * @param memory where the tensors are written to
     */
    Checkpoint checkpoint(HostMemory memory) {
        try (NDManager scratch = manager.newSubManager()) {
            List<Safetensors.Named> tensors = state();
            tensors.addAll(metrics.state(scratch));
            Checkpoint.Cursor cursor =
                    new Checkpoint.Cursor(trial, journal.size(), stepInEpoch, seconds, resumes, journal, probes());
            return new Checkpoint(cursor, Safetensors.encode(tensors, memory.allocator()));
        }
    }

    private List<Safetensors.Named> state() {
        List<Safetensors.Named> state = new ArrayList<>(network.state());
        state.addAll(trainingStep.state());
        return state;
    }

    /**
     * Resumes from a checkpoint, or changes nothing.
     *
     * @throws IllegalArgumentException if it is not a checkpoint of this trial
     */
    void restore(Checkpoint checkpoint) {
        Checkpoint.Cursor cursor = checkpoint.cursor();
        check(cursor.trial().equals(trial), "the checkpoint is of trial %s, expected %s", cursor.trial(), trial);
        try (NDManager scratch = manager.newSubManager()) {
            NDList stored = Safetensors.decode(scratch, checkpoint.tensors());
            // Throws before anything is changed.
            EpochMetrics.of(scratch, stored, cursor.stepInEpoch());
            Safetensors.copy(stored, state());
            journal.clear();
            journal.addAll(cursor.journal());
            probes.resume(cursor.probes());
            stepInEpoch = cursor.stepInEpoch();
            seconds = cursor.seconds();
            resumes = cursor.resumes() + 1;
            startMetrics(stored);
        }
    }

    @Override
    public void close() {
        network.close();
        manager.close();
    }
}
