package normlab.learning.probe;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import normlab.learning.data.Images;
import normlab.learning.data.Samples;
import normlab.learning.network.Kernels;
import normlab.learning.network.Mode;
import normlab.learning.network.Network;
import normlab.learning.network.Objective;
import normlab.learning.network.Observer;
import normlab.learning.network.Parameter;

/**
 * The loss of a network as it is trained: the recipe's objective on batches of its size, normalised with their own
 * statistics. It computes on a copy of the network: parameters and running statistics of the original are only read.
 */
final class NetworkSurface implements LossSurface {
    private final NDManager manager;
    private final Network copy;
    private final Images images;
    private final Objective objective;
    private final int batchSize;
    private List<Block> blocks = List.of();
    private double[] origin = new double[0];
    private boolean finite;
    private long gradients;

    /**
     * @param copy a network of the same trial, which this surface may change
     * @param images in the order in which batches are cut from them
     * @param objective that is trained
     */
    NetworkSurface(NDManager manager, Network copy, Images images, Objective objective, int batchSize) {
        this.manager = manager;
        this.copy = copy;
        this.images = images;
        this.objective = objective;
        this.batchSize = batchSize;
        copy.parameters().forEach(p -> p.value().setRequiresGradient(true));
    }

    /** Moves the origin to where the network stands now, with its running statistics. */
    void standAt(Network network) {
        List<Block> found = new ArrayList<>();
        List<double[]> values = new ArrayList<>();
        int from = 0;
        for (Parameter parameter : network.parameters()) {
            double[] array = doubles(parameter.value());
            found.add(new Block(parameter.name(), from, from + array.length, Vectors.norm(array), parameter.decayed()));
            values.add(array);
            from += array.length;
        }
        blocks = List.copyOf(found);
        origin = values.stream().flatMapToDouble(Arrays::stream).toArray();
        finite = Arrays.stream(origin).allMatch(Double::isFinite);
        if (finite) {
            for (int i = 0; i < network.buffers().size(); i++) {
                assign(copy.buffers().get(i).value(), network.buffers().get(i).value());
            }
        }
    }

    private static double[] doubles(NDArray array) {
        float[] values;
        try (NDManager scratch = array.getManager().newSubManager()) {
            // Reading an array whose strides are not row-major leaves a copy behind, here only until the block ends.
            NDArray own = array.duplicate();
            own.attach(scratch);
            values = own.toFloatArray();
        }
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    private static void assign(NDArray target, NDArray value) {
        target.subi(target).addi(value);
    }

    /** Whether all parameters at the origin are finite: otherwise there is nothing to measure. */
    boolean isFinite() {
        return finite;
    }

    @Override
    public List<Block> blocks() {
        return blocks;
    }

    @Override
    public int batches() {
        return images.size() / batchSize;
    }

    /** How many gradients of one batch have been computed. */
    long gradients() {
        return gradients;
    }

    /** NaN throughout where parameters are not finite. */
    @Override
    public Slope slope(double[] displacement, int batch) {
        if (!finite || !Double.isFinite(Vectors.dot(displacement, displacement))) {
            double[] nothing = new double[origin.length];
            Arrays.fill(nothing, Double.NaN);
            return new Slope(Double.NaN, nothing);
        }
        gradients++;
        moveTo(displacement);
        try (NDManager scratch = manager.newSubManager()) {
            Samples.Batch part = batch(scratch, batch);
            NDArray loss;
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                loss = objective.loss(copy.forward(part.images(), Mode.TRAINING), part.labels());
                collector.backward(loss);
            }
            return new Slope(loss.stopGradient().getFloat(), gradient());
        }
    }

    /** Mean loss over the first {@code count} batches at the origin. Training mode moves the running statistics. */
    double loss(Mode mode, int count) {
        if (!finite) {
            return Double.NaN;
        }
        moveTo(new double[origin.length]);
        double loss = 0;
        for (int i = 0; i < count; i++) {
            try (NDManager scratch = manager.newSubManager()) {
                Samples.Batch part = batch(scratch, i);
                NDArray logits = copy.forward(part.images(), mode);
                loss += objective.loss(logits, part.labels()).getFloat() / count;
            }
        }
        return loss;
    }

    /** Shows the observer the first {@code count} batches at the origin, with batch statistics, which moves the running ones. */
    void show(Observer observer, int count) {
        moveTo(new double[origin.length]);
        for (int i = 0; i < count; i++) {
            try (NDManager scratch = manager.newSubManager()) {
                copy.forward(batch(scratch, i).images(), Mode.TRAINING, observer)
                        .close();
            }
        }
    }

    private Samples.Batch batch(NDManager scratch, int index) {
        return images.batch(scratch, index * batchSize, (index + 1) * batchSize);
    }

    private void moveTo(double[] displacement) {
        List<Parameter> parameters = copy.parameters();
        try (NDManager scratch = manager.newSubManager()) {
            for (int b = 0; b < blocks.size(); b++) {
                Block block = blocks.get(b);
                float[] values = new float[block.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (origin[block.from() + i] + displacement[block.from() + i]);
                }
                NDArray array = parameters.get(b).value();
                assign(array, scratch.create(values, array.getShape()));
            }
        }
    }

    private double[] gradient() {
        double[] gradient = new double[origin.length];
        List<Parameter> parameters = copy.parameters();
        for (int b = 0; b < blocks.size(); b++) {
            NDArray array = parameters.get(b).value();
            try (NDArray part = array.getGradient()) {
                double[] values = doubles(part);
                System.arraycopy(values, 0, gradient, blocks.get(b).from(), values.length);
            }
            Kernels.clearGradient(array);
        }
        return gradient;
    }
}
