package normlab.learning.train;

import static normlab.json.Checks.check;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
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
import normlab.task.TaskContext;
import normlab.trial.JournalRow;

/**
 * One trial in training: epoch after epoch, from its initial weights or from a checkpoint, with the same bytes either
 * way. Nothing is read back from the device within an epoch.
 */
final class Training implements AutoCloseable {
    private static final String CURSOR = "cursor";

    private final NDManager manager;
    private final TrialSpec spec;
    private final Dataset data;
    private final Network network;
    private final TrainingStep trainingStep;
    private final int stepsPerEpoch;
    private final LearningRate learningRate;
    private final Clock clock;
    private final Probing probing;
    private int epochsDone;
    private int resumes;

    /** @throws IllegalArgumentException if the training set does not fill one batch */
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
        this.learningRate = new LearningRate(spec.recipe(), stepsPerEpoch);
        this.probing = new Probing(
                manager,
                spec,
                network,
                this::newNetwork,
                data.train(),
                new Probing.Course(stepsPerEpoch, learningRate.steps(), learningRate::at),
                clock);
    }

    private Network newNetwork() {
        return new Network(manager, spec, data.facts().channels(), data.classes());
    }

    Probing probing() {
        return probing;
    }

    /** Optimizer steps taken when the last whole epoch ended. */
    long stepsDone() {
        return (long) epochsDone * stepsPerEpoch;
    }

    Network network() {
        return network;
    }

    int epochsDone() {
        return epochsDone;
    }

    int resumes() {
        return resumes;
    }

    /** @throws HandBack between two steps, if the process is asked to stop */
    JournalRow epoch(TaskContext context) throws HandBack {
        int epoch = epochsDone + 1;
        long started = System.nanoTime();
        double loss;
        double probed = 0;
        long hits;
        try (NDManager scope = manager.newSubManager();
                Samples.Batches batches = data.train().shuffled(scope, pass(epoch))) {
            NDArray rates = rates(scope);
            NDArray lossSum = scope.zeros(new Shape(), DataType.FLOAT64);
            NDArray hitSum = scope.zeros(new Shape(), DataType.INT64);
            for (int i = 0; i < stepsPerEpoch; i++) {
                if (context.stopRequested()) {
                    throw new HandBack("stopped in epoch %d; %d epochs are safe".formatted(epoch, epochsDone));
                }
                probed += probing.between(stepsDone() + i, i, lossSum);
                step(scope, batches, rates.get(i), lossSum, hitSum);
            }
            probed += probing.between(stepsDone() + stepsPerEpoch, stepsPerEpoch, lossSum);
            loss = lossSum.getDouble() / stepsPerEpoch;
            hits = hitSum.getLong();
        }
        double seconds = (System.nanoTime() - started) / 1e9 - probed;
        epochsDone = epoch;
        return row(loss, hits, seconds);
    }

    /** The learning rates of the next epoch, on the device: a copy for each step would wait for the step before. */
    private NDArray rates(NDManager scope) {
        float[] rates = new float[stepsPerEpoch];
        for (int i = 0; i < stepsPerEpoch; i++) {
            rates[i] = (float) learningRate.at(stepsDone() + i);
        }
        return scope.create(rates);
    }

    private Samples.Pass pass(int epoch) {
        Recipe recipe = spec.recipe();
        return new Samples.Pass(spec.seed(), epoch, recipe.batchSize(), 0, recipe.augmentation());
    }

    private void step(NDManager scope, Samples.Batches batches, NDArray rate, NDArray lossSum, NDArray hitSum) {
        try (NDManager scratch = scope.newSubManager()) {
            Samples.Batch batch = batches.next(scratch).orElseThrow();
            TrainingStep.Result result = trainingStep.differentiate(batch);
            trainingStep.update(scratch, rate);
            lossSum.addi(result.loss().toType(DataType.FLOAT64, false));
            hitSum.addi(Kernels.hits(result.logits(), batch.labels()));
        }
    }

    private JournalRow row(double loss, long hits, double seconds) {
        Scoring.LossAndAccuracy validated = Scoring.quick(manager, network, data.validation());
        Optional<Scoring.LossAndAccuracy> tested = Optional.of(data.test())
                .filter(test -> spec.measureTestEachEpoch())
                .map(test -> Scoring.quick(manager, network, test));
        int images = stepsPerEpoch * spec.recipe().batchSize();
        long steps = stepsDone();
        return new JournalRow(
                epochsDone,
                steps,
                clock.instant(),
                learningRate.at(steps - 1),
                loss,
                (double) hits / images,
                validated.loss(),
                validated.accuracy(),
                seconds,
                images / seconds,
                tested.map(Scoring.LossAndAccuracy::loss),
                tested.map(Scoring.LossAndAccuracy::accuracy));
    }

    /** Weights, running statistics, optimizer and cursor: all that the next step depends on. */
    byte[] checkpoint() {
        try (NDManager scratch = manager.newSubManager()) {
            List<Tensors.Named> state = state();
            state.add(new Tensors.Named(CURSOR, scratch.create(new long[] {epochsDone, resumes})));
            return Tensors.encode(state);
        }
    }

    private List<Tensors.Named> state() {
        List<Tensors.Named> state = new ArrayList<>(network.state());
        state.addAll(trainingStep.state());
        return state;
    }

    /**
     * Takes over the checkpoint, or nothing of it.
     *
     * @throws IllegalArgumentException if it is not a checkpoint of this trial
     */
    void restore(byte[] checkpoint) {
        try (NDManager scratch = manager.newSubManager()) {
            NDList stored = Tensors.decode(scratch, checkpoint);
            NDArray cursor = Tensors.require(stored, CURSOR, new Shape(2));
            Tensors.copy(stored, state());
            long[] values = cursor.toLongArray();
            epochsDone = Math.toIntExact(values[0]);
            resumes = Math.toIntExact(values[1]) + 1;
        }
    }

    @Override
    public void close() {
        network.close();
        manager.close();
    }
}
