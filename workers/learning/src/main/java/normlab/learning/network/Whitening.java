package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import normlab.learning.network.ParameterSpec.Role;

/**
 * Σ^(−½)·(x − μ)·scale + shift over all axes but the second, in groups of channels: at scale c, the output of a group has
 * the covariance c²·I. Σ^(−½) comes from seven coupled Newton–Schulz steps (Huang et al. 2019), with gradients through all
 * of them. Seven suffice as long as no direction has much less than a hundredth of a group's variance.
 *
 * @param scale of each output channel: a learned γ in BN's place, the constant c before weights
 * @param identity the constant (1, g, g) identity matrix; {@code threeHalves} is 1.5 times it
 */
record Whitening(
        String name,
        ParameterSpec scale,
        ParameterSpec shift,
        ParameterSpec runningMean,
        ParameterSpec runningCovariance,
        ParameterSpec identity,
        ParameterSpec threeHalves,
        double momentum,
        double epsilon)
        implements Normaliser {
    private static final int STEPS = 7;

    /** Keeps Σ regular where channels are constant. */
    private static final double FLOOR = 1e-7;

    /**
     * @param groupSize how many channels are whitened together: the largest divisor of {@code channels} up to this; 0: all
     * @param scale the initial scale; constant unless {@code learned}
     */
    static Whitening of(
            String name, int channels, int groupSize, double scale, boolean learned, double epsilon, double momentum) {
        int size = groupSize == 0 ? channels : Math.min(groupSize, channels);
        while (channels % size != 0) {
            size--;
        }
        Shape shape = new Shape(channels);
        Shape matrices = new Shape(channels / size, size, size);
        Shape matrix = new Shape(1, size, size);
        Role affine = learned ? Role.NORM_OR_BIAS : Role.CONSTANT;
        return new Whitening(
                name,
                ParameterSpec.filled(name + ".weight", shape, affine, scale),
                ParameterSpec.filled(name + ".bias", shape, affine, 0),
                ParameterSpec.filled(name + ".running_mean", shape, Role.BUFFER, 0),
                ParameterSpec.diagonal(name + ".running_cov", matrices, Role.BUFFER, 1),
                ParameterSpec.diagonal(name + ".identity", matrix, Role.CONSTANT, 1),
                ParameterSpec.diagonal(name + ".three_halves", matrix, Role.CONSTANT, 1.5),
                momentum,
                epsilon);
    }

    private long groups() {
        return runningCovariance.shape().get(0);
    }

    private long size() {
        return runningCovariance.shape().get(1);
    }

    @Override
    public String operation() {
        return "whitening%s%s"
                .formatted(
                        groups() > 1 ? " of %d×%d channels".formatted(groups(), size()) : "",
                        scale.learnable() ? " with γ, β" : "");
    }

    @Override
    public NDArray forward(NDArray x, ParameterStore store, Mode mode) {
        Arithmetic arithmetic = store.arithmetic(mode);
        NDArray grouped = grouped(arithmetic.widen(x));
        NDArray centred;
        NDArray covariance;
        if (mode == Mode.TRAINING) {
            BatchStatistics.requireTwoValues(name, x.getShape());
            long count = BatchStatistics.valuesPerChannel(x.getShape());
            // mean and sub would give the same, but their gradients pass over all pixels once more.
            NDArray mean = grouped.sum(new int[] {1}, true).mul(store.number(1.0 / count));
            centred = grouped.add(mean.neg());
            covariance = gram(centred).mul(store.number(1.0 / count));
            NDArray unbiased = covariance.stopGradient().mul(store.number(count / (count - 1.0)));
            BatchStatistics.update(runningMean, mean, momentum, store);
            BatchStatistics.update(runningCovariance, unbiased, momentum, store);
        } else {
            centred = grouped.sub(perGroup(runningMean, x, store));
            covariance = store.view(runningCovariance, x);
        }
        NDArray matrix = inverseRoot(covariance, store).mul(perGroup(scale, x, store));
        NDArray y = centred.batchMatMul(matrix);
        NDArray shifted = shift.learnable() ? y.add(perGroup(shift, x, store)) : y;
        return arithmetic.narrow(ungrouped(shifted, x.getShape()));
    }

    /**
     * S = XᵀX of each (pixels, g), written as S + (Sᵀ − S), where the bracket is 0. The gradient X·(G + Gᵀ) then takes one
     * product with the pixels instead of two.
     */
    private static NDArray gram(NDArray x) {
        NDArray product = x.stopGradient().transpose(0, 2, 1).batchMatMul(x);
        return product.add(product.transpose(0, 2, 1).sub(product.stopGradient()));
    }

    /**
     * Σ^(−½) of each (g, g): with Y₀ = Σ/tr Σ and Z₀ = I, T = ½(3I − Z·Y), Y ← Y·T, Z ← T·Z. The code keeps half of Y and
     * lets the signs of Y and Z alternate, which saves two operations a step: at these sizes overhead counts.
     */
    private NDArray inverseRoot(NDArray covariance, ParameterStore store) {
        NDArray unit = store.get(identity);
        NDArray threeHalfUnits = store.get(threeHalves);
        NDArray trace = covariance.mul(unit).sum(new int[] {1, 2}, true);
        NDArray ridge = trace.mul(store.number(epsilon / size())).add(store.number(FLOOR));
        NDArray ridgedTrace = trace.add(ridge.mul(store.number(size())));
        NDArray y = covariance.add(ridge.mul(unit)).div(ridgedTrace.mul(store.number(2)));
        NDArray step = y.sub(threeHalfUnits);
        NDArray z = step;
        for (int i = 1; i < STEPS; i++) {
            y = y.batchMatMul(step);
            step = z.batchMatMul(y).sub(threeHalfUnits);
            z = step.batchMatMul(z);
        }
        NDArray root = ridgedTrace.sqrt();
        return z.div(STEPS % 2 == 0 ? root : root.neg());
    }

    /** (N, C, H, W) or (N, C) as (groups, N·H·W, g): a view where arrays are channels-last. */
    private NDArray grouped(NDArray x) {
        NDArray rows = x.getShape().dimension() == 4 ? x.transpose(0, 2, 3, 1) : x;
        return rows.reshape(-1, groups(), size()).transpose(1, 0, 2);
    }

    private static NDArray ungrouped(NDArray grouped, Shape shape) {
        NDArray rows = grouped.transpose(1, 0, 2);
        return shape.dimension() == 4
                ? rows.reshape(shape.get(0), shape.get(2), shape.get(3), shape.get(1))
                        .transpose(0, 3, 1, 2)
                : rows.reshape(shape);
    }

    private NDArray perGroup(ParameterSpec spec, NDArray x, ParameterStore store) {
        return store.view(spec, x).reshape(groups(), 1, size());
    }

    @Override
    public Statistics statistics() {
        return new Statistics(Optional.of(runningMean), runningCovariance, momentum);
    }

    @Override
    public ForwardHook.RunningMoments runningMoments(NDArray x, ParameterStore store) {
        NDArray variances = store.view(runningCovariance, x)
                .mul(store.get(identity))
                .sum(new int[] {2})
                .reshape(runningMean.shape());
        return new ForwardHook.RunningMoments(Optional.of(store.get(runningMean)), variances);
    }

    @Override
    public List<ParameterSpec> parameters() {
        return List.of(scale, shift, runningMean, runningCovariance, identity, threeHalves);
    }

    /** The matrix product with each pixel; Σ^(−½) itself is computed once a batch and could be stored. */
    @Override
    public long multiplyAdds(Shape input) {
        return input.size() * size();
    }
}
