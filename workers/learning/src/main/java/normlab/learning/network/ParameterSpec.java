package normlab.learning.network;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * An array that a layer computes with, before it is made.
 *
 * @param name as in {@code model.safetensors}, unique in its network
 * @param shape in PyTorch's layout: a convolution's weight is O·I·kh·kw
 */
record ParameterSpec(String name, Shape shape, Role role, Initial initial) {
    /** Whether the array is learned, decayed, and stored with the model. */
    enum Role {
        /** Learned, with weight decay. */
        WEIGHT,
        /** Learned; a bias, γ, β or gain, without weight decay unless the recipe says so. */
        NORM_OR_BIAS,
        /** Not learned, but stored: running statistics, which the forward pass moves in training. */
        BUFFER,
        /** Neither changed nor stored. */
        CONSTANT
    }

    /** The initial value. */
    sealed interface Initial {
        /** The same number throughout. */
        record Filled(double value) implements Initial {}

        /** {@code value} times the identity matrix, for each of the leading indices. */
        record Diagonal(double value) implements Initial {}

        /** Normal with mean 0; the draws depend on the trial's seed and {@code stream} alone. */
        record Normal(int stream, double deviation) implements Initial {}

        /**
         * −mean·ΣW for each output: a bias that cancels the mean of a layer's input.
         *
         * @param weights the initial weights W, {@code fanIn} of them for each output
         */
        record Cancelling(Normal weights, int fanIn, double mean) implements Initial {}
    }

    static ParameterSpec filled(String name, Shape shape, Role role, double value) {
        return new ParameterSpec(name, shape, role, new Initial.Filled(value));
    }

    static ParameterSpec diagonal(String name, Shape shape, Role role, double value) {
        return new ParameterSpec(name, shape, role, new Initial.Diagonal(value));
    }

    boolean learnable() {
        return role == Role.WEIGHT || role == Role.NORM_OR_BIAS;
    }

    /** How many numbers are learned. */
    static long learnableValues(List<ParameterSpec> parameters) {
        return parameters.stream()
                .filter(ParameterSpec::learnable)
                .mapToLong(p -> p.shape().size())
                .sum();
    }
}
