package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import normlab.learning.network.ParameterSpec.Role;

/**
 * (x − μ)/√(σ² + ε)·scale + shift over all axes but the second. BN learns scale (γ) and shift (β); CBN-R, our
 * reconstruction, uses the constants c and 0.
 */
record BatchNormalization(
        String name,
        ParameterSpec scale,
        ParameterSpec shift,
        ParameterSpec runningMean,
        ParameterSpec runningVariance,
        double momentum,
        double epsilon)
        implements Normaliser {
    /** @param scale the initial scale; constant unless {@code learned} */
    static BatchNormalization of(
            String name, int channels, double scale, boolean learned, double epsilon, double momentum) {
        Shape shape = new Shape(channels);
        Role affine = learned ? Role.NORM_OR_BIAS : Role.CONSTANT;
        return new BatchNormalization(
                name,
                ParameterSpec.filled(name + ".weight", shape, affine, scale),
                ParameterSpec.filled(name + ".bias", shape, affine, 0),
                ParameterSpec.filled(name + ".running_mean", shape, Role.BUFFER, 0),
                ParameterSpec.filled(name + ".running_var", shape, Role.BUFFER, 1),
                momentum,
                epsilon);
    }

    @Override
    public String operation() {
        return scale.learnable() ? "BN with γ, β" : "normaliser";
    }

    @Override
    public NDArray forward(NDArray x, ParameterStore store, Mode mode) {
        if (mode == Mode.TRAINING) {
            BatchStatistics.requireTwoValues(name, x.getShape());
        }
        return TorchOps.batchNorm(
                x,
                store.get(runningMean),
                store.get(runningVariance),
                store.get(scale),
                store.get(shift),
                mode == Mode.TRAINING,
                momentum,
                epsilon);
    }

    @Override
    public Statistics statistics() {
        return new Statistics(Optional.of(runningMean), runningVariance, momentum);
    }

    @Override
    public List<ParameterSpec> parameters() {
        return List.of(scale, shift, runningMean, runningVariance);
    }
}
