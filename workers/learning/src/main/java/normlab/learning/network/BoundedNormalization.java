package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import normlab.learning.network.ParameterSpec.Role;

/**
 * c·(x − μ)/max(√(σ² + ε), floor) over all axes but the second: it centres, and divides only what deviates by more than the
 * floor, so it never raises E[x²].
 */
record BoundedNormalization(
        String name,
        double c,
        double floor,
        ParameterSpec runningMean,
        ParameterSpec runningVariance,
        double momentum,
        double epsilon)
        implements Normaliser {
    static BoundedNormalization of(String name, int channels, double c, double floor, double epsilon, double momentum) {
        Shape shape = new Shape(channels);
        return new BoundedNormalization(
                name,
                c,
                floor,
                ParameterSpec.filled(name + ".running_mean", shape, Role.BUFFER, 0),
                ParameterSpec.filled(name + ".running_var", shape, Role.BUFFER, 1),
                momentum,
                epsilon);
    }

    @Override
    public String operation() {
        return "normaliser, divisor ≥ %s".formatted(floor);
    }

    @Override
    public NDArray forward(NDArray x, ParameterStore store, Mode mode) {
        Shape shape = x.getShape();
        Arithmetic arithmetic = store.arithmetic(mode);
        NDArray wide = arithmetic.widen(x);
        NDArray centred;
        NDArray variance;
        if (mode == Mode.TRAINING) {
            BatchStatistics.requireTwoValues(name, shape);
            int[] axes = shape.dimension() == 4 ? new int[] {0, 2, 3} : new int[] {0};
            double count = BatchStatistics.valuesPerChannel(shape);
            NDArray mean = wide.sum(axes, true).mul(store.number(1 / count));
            centred = wide.sub(mean);
            variance = centred.square().sum(axes, true).mul(store.number(1 / count));
            NDArray unbiased = variance.stopGradient().mul(store.number(count / (count - 1)));
            BatchStatistics.update(runningMean, mean, momentum, store);
            BatchStatistics.update(runningVariance, unbiased, momentum, store);
        } else {
            Shape one = BatchStatistics.broadcast(shape);
            centred = wide.sub(store.view(runningMean, x).reshape(one));
            variance = store.view(runningVariance, x).reshape(one);
        }
        NDArray divisor = variance.add(store.number(epsilon)).sqrt().maximum(store.number(floor));
        return arithmetic.narrow(centred.div(divisor.mul(store.number(1 / c))));
    }

    @Override
    public Statistics statistics() {
        return new Statistics(Optional.of(runningMean), runningVariance, momentum);
    }

    @Override
    public List<ParameterSpec> parameters() {
        return List.of(runningMean, runningVariance);
    }
}
