package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import normlab.learning.random.RandomStream;

/**
 * Makes a network's initial arrays. The draws depend on seed and layer alone, so all arms of a seed start from the same
 * numbers, scaled.
 */
class WeightInitializer {
    private final long seed;
    private final DataType type;

    /** @param type of all arrays: float32 for training, float64 for checks */
    WeightInitializer(long seed, DataType type) {
        this.seed = seed;
        this.type = type;
    }

    NDArray number(NDManager manager, double value) {
        return manager.create(value).toType(type, false);
    }

    NDArray array(NDManager manager, ParameterSpec spec) {
        return switch (spec.initial()) {
            case ParameterSpec.Initial.Filled filled ->
                manager.ones(spec.shape(), type).mul((float) filled.value());
            case ParameterSpec.Initial.Diagonal diagonal -> {
                Shape shape = spec.shape();
                yield manager.eye((int) shape.get(1))
                        .toType(type, false)
                        .mul((float) diagonal.value())
                        .reshape(1, shape.get(1), shape.get(2))
                        .repeat(0, shape.get(0));
            }
            case ParameterSpec.Initial.Cancelling bias ->
                manager.create(cancelling(bias, Math.toIntExact(spec.shape().size())))
                        .toType(type, false);
            case ParameterSpec.Initial.Normal normal -> drawn(manager, spec.shape(), normal);
        };
    }

    private float[] cancelling(ParameterSpec.Initial.Cancelling bias, int outputs) {
        float[] weights = draws(bias.weights(), outputs * bias.fanIn());
        float[] biases = new float[outputs];
        for (int o = 0; o < outputs; o++) {
            double sum = 0;
            for (int i = 0; i < bias.fanIn(); i++) {
                sum += weights[o * bias.fanIn() + i];
            }
            biases[o] = (float) (-bias.mean() * sum);
        }
        return biases;
    }

    private NDArray drawn(NDManager manager, Shape shape, ParameterSpec.Initial.Normal normal) {
        float[] values = draws(normal, Math.toIntExact(shape.size()));
        if (shape.dimension() < 4) {
            return manager.create(values, shape).toType(type, false);
        }
        // Stored as O·kh·kw·I and viewed as O·I·kh·kw: with these strides PyTorch computes channels-last throughout.
        return manager.create(values, new Shape(shape.get(0), shape.get(2), shape.get(3), shape.get(1)))
                .toType(type, false)
                .transpose(0, 3, 1, 2);
    }

    float[] draws(ParameterSpec.Initial.Normal normal, int size) {
        RandomStream stream = RandomStream.of(seed, "initial-weights", normal.stream());
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (normal.deviation() * stream.nextNormal());
        }
        return values;
    }
}
