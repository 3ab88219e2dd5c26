package normlab.learning.network;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * An array that a layer computes with, before there is one.
 *
 * @param name as in {@code model.safetensors}, unique in its network
 * @param shape in PyTorch's layout: a convolution's weight is O·I·kh·kw
 */
record Variable(String name, Shape shape, Role role, Initial initial) {
    /** What becomes of the array. */
    enum Role {
        /** Learnt, and subject to weight decay. */
        WEIGHT,
        /** Learnt, without weight decay: a bias, a gain. */
        OFFSET,
        /** Moved by the forward pass in training. */
        STATISTIC,
        /** Neither changed nor stored. */
        CONSTANT
    }

    /** The value it starts from. */
    sealed interface Initial {
        /** The same number throughout. */
        record Filled(double value) implements Initial {}

        /** {@code value} times the identity, for each of the leading indices. */
        record Diagonal(double value) implements Initial {}

        /** Normal; the draws depend on the trial's seed and {@code stream} alone. */
        record Normal(int stream, double deviation) implements Initial {}
    }

    static Variable weight(String name, Shape shape, int stream, double deviation) {
        return new Variable(name, shape, Role.WEIGHT, new Initial.Normal(stream, deviation));
    }

    static Variable filled(String name, Shape shape, Role role, double value) {
        return new Variable(name, shape, role, new Initial.Filled(value));
    }

    static Variable diagonal(String name, Shape shape, Role role, double value) {
        return new Variable(name, shape, role, new Initial.Diagonal(value));
    }

    boolean learnt() {
        return role == Role.WEIGHT || role == Role.OFFSET;
    }

    static long learntValues(List<Variable> variables) {
        return variables.stream()
                .filter(Variable::learnt)
                .mapToLong(v -> v.shape().size())
                .sum();
    }
}
