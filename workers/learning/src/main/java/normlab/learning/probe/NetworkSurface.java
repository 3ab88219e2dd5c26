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
import normlab.learning.network.ForwardHook;
import normlab.learning.network.Loss;
import normlab.learning.network.Mode;
import normlab.learning.network.Network;
import normlab.learning.network.Network.Parameter;
import normlab.learning.network.TorchOps;

/**
 * The training loss of a network: with the recipe's label smoothing, on batches of its size, normalised with their own
 * statistics. It computes on a copy; the original's parameters and running statistics are only read.
 */
final class NetworkSurface implements LossSurface {
    private final NDManager manager;
    private final Network copy;
    private final Images images;
    private final Loss criterion;
    private final int batchSize;
    private List<Block> blocks = List.of();
    private List<Block> filters = List.of();
    private double[] origin = new double[0];
    private boolean finite;
    private long gradients;

    /**
     * @param copy a network of the same trial, which this surface may change
     * @param images in the order in which they are cut into batches
     * @param criterion the training loss
     */
    NetworkSurface(NDManager manager, Network copy, Images images, Loss criterion, int batchSize) {
        this.manager = manager;
        this.copy = copy;
        this.images = images;
        this.criterion = criterion;
        this.batchSize = batchSize;
        copy.parameters().forEach(p -> p.value().setRequiresGradient(true));
    }

    /** Moves the origin to the network's current parameters, and takes over its running statistics. */
    void moveOriginTo(Network network) {
        List<Block> found = new ArrayList<>();
        List<Block> parts = new ArrayList<>();
        List<double[]> values = new ArrayList<>();
        int from = 0;
        for (Parameter parameter : network.parameters()) {
            double[] array = doubles(parameter.value());
            found.add(new Block(parameter.name(), from, from + array.length, Vectors.norm(array), parameter.decayed()));
            values.add(array);
            parts.addAll(
                    filters(found.getLast(), array, parameter.value().getShape().get(0)));
            from += array.length;
        }
        blocks = List.copyOf(found);
        filters = List.copyOf(parts);
        origin = values.stream().flatMapToDouble(Arrays::stream).toArray();
        finite = Arrays.stream(origin).allMatch(Double::isFinite);
        if (finite) {
            for (int i = 0; i < network.buffers().size(); i++) {
                assign(copy.buffers().get(i).value(), network.buffers().get(i).value());
            }
        }
    }

    /** The filters of a weight array, the single values of a γ or gain; none of another array. */
    private static List<Block> filters(Block whole, double[] array, long outputs) {
        if (!whole.weight() && !whole.name().matches(".*(weight|gain)")) {
            return List.of();
        }
        int size = Math.toIntExact(array.length / outputs);
        List<Block> filters = new ArrayList<>();
        for (int from = 0; from < array.length; from += size) {
            double norm = Math.sqrt(Vectors.dot(array, array, from, from + size));
            filters.add(new Block(whole.name(), whole.from() + from, whole.from() + from + size, norm, whole.weight()));
        }
        return filters;
    }

    private static double[] doubles(NDArray array) {
        float[] values;
        try (NDManager scratch = array.getManager().newSubManager()) {
            // Reading an array whose strides are not row-major leaves a row-major copy in its manager: here, this
            // scratch.
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

    /** Whether all parameters at the origin are finite; otherwise there is nothing to measure. */
    boolean isFinite() {
        return finite;
    }

    @Override
    public List<Block> blocks() {
        return blocks;
    }

    @Override
    public List<Block> filters() {
        return filters;
    }

    @Override
    public int batches() {
        return images.size() / batchSize;
    }

    /** How many gradients of single batches have been computed. */
    long gradients() {
        return gradients;
    }

    /** All NaN if a parameter is not finite. */
    @Override
    public LossAndGradient evaluate(double[] displacement, int batch) {
        if (!finite || !Double.isFinite(Vectors.dot(displacement, displacement))) {
            double[] nothing = new double[origin.length];
            Arrays.fill(nothing, Double.NaN);
            return new LossAndGradient(Double.NaN, nothing);
        }
        gradients++;
        moveTo(displacement);
        try (NDManager scratch = manager.newSubManager()) {
            Samples.Batch part = batch(scratch, batch);
            NDArray loss;
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                loss = criterion.of(copy.forward(part.images(), Mode.TRAINING), part.labels());
                collector.backward(loss);
            }
            return new LossAndGradient(loss.stopGradient().getFloat(), gradient());
        }
    }

    /** Mean loss over the first {@code count} batches at the origin. Training mode updates the running statistics. */
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
                loss += criterion.of(logits, part.labels()).getFloat() / count;
            }
        }
        return loss;
    }

    /** Passes the first {@code count} batches by the hook, at the origin, with batch statistics, which updates the running ones. */
    void show(ForwardHook hook, int count) {
        moveTo(new double[origin.length]);
        for (int i = 0; i < count; i++) {
            try (NDManager scratch = manager.newSubManager()) {
                copy.forward(batch(scratch, i).images(), Mode.TRAINING, hook).close();
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
            TorchOps.clearGradient(array);
        }
        return gradient;
    }
}
