package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import normlab.learning.network.Variable.Role;

/**
 * Σ^(−½)·(x − μ)·scale + shift over all axes but the second, in groups of channels: the output of a group has, at scale
 * c, the covariance c²·I. Σ^(−½) comes from seven coupled steps of Newton and Schulz (Huang et al. 2019), with gradients
 * through all of them; they suffice while no direction has much less than a hundredth of a group's variance.
 *
 * @param scale of each output channel: learnt γ in BN's place, the constant c in front of weights
 * @param identity a constant (1, g, g); {@code threeHalves} is 1.5 times it
 */
record Whitening(
        String name,
        Variable scale,
        Variable shift,
        Variable runningMean,
        Variable runningCovariance,
        Variable identity,
        Variable threeHalves,
        double momentum,
        double epsilon)
        implements Layer {
    private static final int STEPS = 7;

    /** Keeps Σ regular where channels are constant. */
    private static final double FLOOR = 1e-7;

    /**
     * @param groupSize channels that are whitened together: the largest divisor of {@code channels} up to this; 0: all
     * @param scale initial, and for good unless {@code learnt}
     */
    static Whitening of(
            String name, int channels, int groupSize, double scale, boolean learnt, double epsilon, double momentum) {
        int size = groupSize == 0 ? channels : Math.min(groupSize, channels);
        while (channels % size != 0) {
            size--;
        }
        Shape shape = new Shape(channels);
        Shape matrices = new Shape(channels / size, size, size);
        Shape matrix = new Shape(1, size, size);
        Role affine = learnt ? Role.OFFSET : Role.CONSTANT;
        return new Whitening(
                name,
                Variable.filled(name + ".weight", shape, affine, scale),
                Variable.filled(name + ".bias", shape, affine, 0),
                Variable.filled(name + ".running_mean", shape, Role.STATISTIC, 0),
                Variable.diagonal(name + ".running_cov", matrices, Role.STATISTIC, 1),
                Variable.diagonal(name + ".identity", matrix, Role.CONSTANT, 1),
                Variable.diagonal(name + ".three_halves", matrix, Role.CONSTANT, 1.5),
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
    public NDArray forward(NDArray x, Values values, Mode mode) {
        NDArray grouped = grouped(x);
        NDArray centred;
        NDArray covariance;
        if (mode == Mode.TRAINING) {
            Statistics.requireTwoValues(name, x.getShape());
            long count = Statistics.valuesPerChannel(x.getShape());
            // Not mean and sub, whose gradients would pass over all pixels once more.
            NDArray mean = grouped.sum(new int[] {1}, true).mul(values.number(1.0 / count));
            centred = grouped.add(mean.neg());
            covariance = gram(centred).mul(values.number(1.0 / count));
            NDArray unbiased = covariance.stopGradient().mul(values.number(count / (count - 1.0)));
            Statistics.move(runningMean, mean, momentum, values);
            Statistics.move(runningCovariance, unbiased, momentum, values);
        } else {
            centred = grouped.sub(perGroup(runningMean, x, values));
            covariance = values.lent(runningCovariance, x);
        }
        NDArray matrix = inverseRoot(covariance, values).mul(perGroup(scale, x, values));
        NDArray y = centred.batchMatMul(matrix);
        return ungrouped(shift.learnt() ? y.add(perGroup(shift, x, values)) : y, x.getShape());
    }

    /**
     * S = XᵀX of each (pixels, g), as S + (Sᵀ − S) of which the bracket is 0: so the gradient X·(G + Gᵀ) takes one product
     * with the pixels, where that of both factors takes two.
     */
    private static NDArray gram(NDArray x) {
        NDArray product = x.stopGradient().transpose(0, 2, 1).batchMatMul(x);
        return product.add(product.transpose(0, 2, 1).sub(product.stopGradient()));
    }

    /**
     * Σ^(−½) of each (g, g): with Y₀ = Σ/tr Σ and Z₀ = I, T = ½(3I − Z·Y), Y ← Y·T, Z ← T·Z. Here Y is half of that, and
     * Y and Z change their sign with each step, which saves two operations a step: overhead counts at these sizes.
     */
    private NDArray inverseRoot(NDArray covariance, Values values) {
        NDArray unit = values.of(identity);
        NDArray threeHalfUnits = values.of(threeHalves);
        NDArray trace = covariance.mul(unit).sum(new int[] {1, 2}, true);
        NDArray ridge = trace.mul(values.number(epsilon / size())).add(values.number(FLOOR));
        NDArray ridgedTrace = trace.add(ridge.mul(values.number(size())));
        NDArray y = covariance.add(ridge.mul(unit)).div(ridgedTrace.mul(values.number(2)));
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

    private NDArray perGroup(Variable variable, NDArray x, Values values) {
        return values.lent(variable, x).reshape(groups(), 1, size());
    }

    @Override
    public List<Variable> variables() {
        return List.of(scale, shift, runningMean, runningCovariance, identity, threeHalves);
    }

    /** The matrix product with each pixel; Σ^(−½) itself is computed once a batch and could be kept. */
    @Override
    public long multiplyAdds(Shape input) {
        return input.size() * size();
    }
}
