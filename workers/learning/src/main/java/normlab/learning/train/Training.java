package normlab.learning.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import normlab.experiment.TrialSpec;
import normlab.learning.data.Images;
import normlab.learning.evaluate.Scoring;
import normlab.learning.network.Kernels;
import normlab.learning.network.Network;
import normlab.learning.network.Tensors;
import normlab.learning.probe.Probing;
import normlab.learning.random.RandomStream;
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
    private final Images train;
    private final Images validation;
    private final Network network;
    private final TrainingStep trainingStep;
    private final int stepsPerEpoch;
    private final Schedule schedule;
    private final Clock clock;
    private final Probing probing;
    private int epochsDone;
    private int resumes;

    Training(
            NDManager parent, TrialSpec spec, int channels, int classes, Images train, Images validation, Clock clock) {
        Kernels.recordGradients(false);
        this.manager = parent.newSubManager();
        this.spec = spec;
        this.train = train;
        this.validation = validation;
        this.clock = clock;
        this.network = new Network(manager, spec, channels, classes);
        this.trainingStep = new TrainingStep(manager, network, spec.recipe());
        this.stepsPerEpoch = train.size() / spec.recipe().batchSize();
        this.schedule = Schedule.of(spec.recipe(), stepsPerEpoch);
        this.probing = new Probing(
                manager,
                spec,
                network,
                () -> new Network(manager, spec, channels, classes),
                train,
                new Probing.Course(
                        stepsPerEpoch, (long) stepsPerEpoch * spec.recipe().epochs(), schedule::rate),
                clock);
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
        try (NDManager scope = manager.newSubManager()) {
            long[] order = RandomStream.of(spec.seed(), "order", epoch).permutation(train.size());
            Images shuffled = train.reordered(scope, order);
            NDArray lossSum = scope.zeros(new Shape(), DataType.FLOAT64);
            NDArray hitSum = scope.zeros(new Shape(), DataType.INT64);
            for (int i = 0; i < stepsPerEpoch; i++) {
                if (context.stopRequested()) {
                    throw new HandBack("stopped in epoch %d; %d epochs are safe".formatted(epoch, epochsDone));
                }
                probed += probing.between(stepsDone() + i, i, lossSum);
                step(scope, shuffled, i, lossSum, hitSum);
            }
            probed += probing.between(stepsDone() + stepsPerEpoch, stepsPerEpoch, lossSum);
            loss = lossSum.getDouble() / stepsPerEpoch;
            hits = hitSum.getLong();
        }
        double seconds = (System.nanoTime() - started) / 1e9 - probed;
        epochsDone = epoch;
        return row(loss, hits, seconds);
    }

    private void step(NDManager scope, Images shuffled, int index, NDArray lossSum, NDArray hitSum) {
        int size = spec.recipe().batchSize();
        long step = stepsDone() + index;
        try (NDManager scratch = scope.newSubManager()) {
            Images.Batch batch = shuffled.batch(scratch, index * size, (index + 1) * size);
            TrainingStep.Result result = trainingStep.differentiate(batch);
            trainingStep.update(scratch, schedule.rate(step));
            lossSum.addi(result.loss().toType(DataType.FLOAT64, false));
            hitSum.addi(Kernels.hits(result.logits(), batch.labels()));
        }
    }

    private JournalRow row(double loss, long hits, double seconds) {
        Scoring.LossAndAccuracy validated = Scoring.quick(manager, network, validation);
        int images = stepsPerEpoch * spec.recipe().batchSize();
        long steps = stepsDone();
        return new JournalRow(
                epochsDone,
                steps,
                clock.instant(),
                schedule.rate(steps - 1),
                loss,
                (double) hits / images,
                validated.loss(),
                validated.accuracy(),
                seconds,
                images / seconds);
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
