package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import normlab.learning.network.Variable.Role;

/**
 * (x − μ)/√(σ² + ε)·scale + shift over all axes but the second. BN learns scale (γ) and shift (β); the normaliser of
 * CBN-R, our reconstruction, has the constants c and 0.
 */
record BatchNormalization(
        String name,
        Variable scale,
        Variable shift,
        Variable runningMean,
        Variable runningVariance,
        double momentum,
        double epsilon)
        implements Layer {
    /** @param scale initial, and for good unless {@code learnt} */
    static BatchNormalization of(
            String name, int channels, double scale, boolean learnt, double epsilon, double momentum) {
        Shape shape = new Shape(channels);
        Role affine = learnt ? Role.OFFSET : Role.CONSTANT;
        return new BatchNormalization(
                name,
                Variable.filled(name + ".weight", shape, affine, scale),
                Variable.filled(name + ".bias", shape, affine, 0),
                Variable.filled(name + ".running_mean", shape, Role.STATISTIC, 0),
                Variable.filled(name + ".running_var", shape, Role.STATISTIC, 1),
                momentum,
                epsilon);
    }

    @Override
    public NDArray forward(NDArray x, Values values, Mode mode) {
        if (mode == Mode.TRAINING) {
            Statistics.requireTwoValues(name, x.getShape());
        }
        return Kernels.batchNorm(
                x,
                values.of(runningMean),
                values.of(runningVariance),
                values.of(scale),
                values.of(shift),
                mode == Mode.TRAINING,
                momentum,
                epsilon);
    }

    @Override
    public List<Variable> variables() {
        return List.of(scale, shift, runningMean, runningVariance);
    }
}
