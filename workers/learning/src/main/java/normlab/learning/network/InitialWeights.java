package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import normlab.learning.random.RandomStream;

/**
 * Makes the arrays that a network starts from. The draws depend on seed and layer alone, so the arms of a pair start from
 * the same numbers, scaled.
 */
class InitialWeights {
    private final long seed;
    private final DataType type;

    /** @param type of all arrays: float32 to train, float64 to check */
    InitialWeights(long seed, DataType type) {
        this.seed = seed;
        this.type = type;
    }

    NDArray number(NDManager manager, double value) {
        return manager.create(value).toType(type, false);
    }

    NDArray array(NDManager manager, Variable variable) {
        return switch (variable.initial()) {
            case Variable.Initial.Filled filled ->
                manager.ones(variable.shape(), type).mul((float) filled.value());
            case Variable.Initial.Diagonal diagonal -> {
                Shape shape = variable.shape();
                yield manager.eye((int) shape.get(1))
                        .toType(type, false)
                        .mul((float) diagonal.value())
                        .reshape(1, shape.get(1), shape.get(2))
                        .repeat(0, shape.get(0));
            }
            case Variable.Initial.Normal normal -> drawn(manager, variable.shape(), normal);
        };
    }

    private NDArray drawn(NDManager manager, Shape shape, Variable.Initial.Normal normal) {
        float[] values = draws(normal, Math.toIntExact(shape.size()));
        if (shape.dimension() < 4) {
            return manager.create(values, shape).toType(type, false);
        }
        // Stored as O·kh·kw·I and seen as O·I·kh·kw: strides that make PyTorch compute channels-last throughout.
        return manager.create(values, new Shape(shape.get(0), shape.get(2), shape.get(3), shape.get(1)))
                .toType(type, false)
                .transpose(0, 3, 1, 2);
    }

    float[] draws(Variable.Initial.Normal normal, int size) {
        RandomStream stream = RandomStream.of(seed, "initial-weights", normal.stream());
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (normal.deviation() * stream.nextNormal());
        }
        return values;
    }
}
