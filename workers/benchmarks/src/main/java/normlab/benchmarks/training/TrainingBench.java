package normlab.benchmarks.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import normlab.benchmarks.parity.GeneratedImages;
import normlab.experiment.TrialSpec;
import normlab.learning.ComputeDevice;
import normlab.learning.data.Geometry;
import normlab.learning.data.Images;
import normlab.learning.data.Samples;
import normlab.learning.evaluate.Evaluator;
import normlab.learning.network.Network;
import normlab.learning.network.TorchOps;
import normlab.learning.train.TrainingStep;

/** One trial on generated images, in whatever pieces are to be measured. The device is this process's. */
public final class TrainingBench implements AutoCloseable {
    static final int STEPS_AN_EPOCH = 40;

    private static final int PEAK_SIZE = 1024;

    private final NDManager manager = ComputeDevice.ofEnvironment().open();
    private final TrialSpec spec;
    private final Images images;
    private final Network network;
    private final TrainingStep trainingStep;
    private final NDArray rate;
    private final NDArray lossSum;
    private final NDArray hitSum;
    private Samples.Batches batches;
    private int epoch;

    public TrainingBench(TrialSpec spec, Geometry geometry) {
        this(spec, geometry, STEPS_AN_EPOCH);
    }

    /** @param stepsAnEpoch as many batches of images as there are */
    TrainingBench(TrialSpec spec, Geometry geometry, int stepsAnEpoch) {
        TorchOps.recordGradients(false);
        this.spec = spec;
        int count = stepsAnEpoch * spec.recipe().batchSize();
        this.images = GeneratedImages.of(geometry, count, spec.seed()).on(manager);
        this.network = new Network(manager, spec, geometry.channels(), geometry.classes());
        this.trainingStep = new TrainingStep(manager, network, spec.recipe());
        this.rate = manager.create((float) spec.recipe().learningRate());
        this.lossSum = manager.zeros(new Shape(), DataType.FLOAT64);
        this.hitSum = manager.zeros(new Shape(), DataType.INT64);
        this.batches = nextEpoch();
    }

    private Samples.Batches nextEpoch() {
        epoch++;
        int size = spec.recipe().batchSize();
        return images.shuffled(
                manager,
                new Samples.Pass(spec.seed(), epoch, size, 0, spec.recipe().augmentation()));
    }

    /** Whole training steps: the batch, the network both ways, the optimizer and the epoch's sums. Counts images. */
    public Throughput train(double seconds) {
        return Stopwatch.repeat(seconds, spec.recipe().batchSize(), this::step);
    }

    /** One whole training step. */
    void step() {
        try (NDManager scratch = manager.newSubManager()) {
            Samples.Batch batch = batch(scratch);
            TrainingStep.Result result = trainingStep.differentiate(batch);
            trainingStep.update(scratch, rate);
            lossSum.addi(result.loss().toType(DataType.FLOAT64, false));
            hitSum.addi(TorchOps.hits(result.logits(), batch.labels()));
        }
    }

    /** The losses of all steps so far together; waits for the device. */
    double lossSum() {
        return lossSum.getDouble();
    }

    private Samples.Batch batch(NDManager scratch) {
        Optional<Samples.Batch> next = batches.next(scratch);
        if (next.isEmpty()) {
            batches.close();
            batches = nextEpoch();
            next = batches.next(scratch);
        }
        return next.orElseThrow();
    }

    /** The input pipeline alone: shuffled, augmented and standardised batches. Counts images. */
    public Throughput read(double seconds) {
        return Stopwatch.repeat(seconds, spec.recipe().batchSize(), () -> {
            try (NDManager scratch = manager.newSubManager()) {
                batch(scratch);
            }
        });
    }

    /** Evaluation of all images, as after each epoch. Counts images. */
    public Throughput evaluate(double seconds) {
        return Stopwatch.repeat(seconds, images.size(), () -> Evaluator.lossAndAccuracy(manager, network, images));
    }

    /** The network's tensors as a checkpoint has them; those of the optimizer are as many again. */
    byte[] encode() {
        return network.toSafetensors();
    }

    /** Products of large matrices, the most that this machine computes. Counts multiply-adds. */
    public Throughput multiply(double seconds) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray a = scope.ones(new Shape(PEAK_SIZE, PEAK_SIZE));
            long size = PEAK_SIZE;
            return Stopwatch.repeat(
                    seconds, size * size * size, () -> a.matMul(a).close());
        }
    }

    @Override
    public void close() {
        batches.close();
        network.close();
        manager.close();
    }
}
