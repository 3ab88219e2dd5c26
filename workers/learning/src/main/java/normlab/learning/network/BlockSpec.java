package normlab.learning.network;

import java.util.List;

/**
 * A part of a network's definition, without normalization and activation, which {@link NetworkBuilder} adds. Convolutions
 * have square kernels, and zero padding that keeps the size at stride 1.
 */
sealed interface BlockSpec {
    /** A convolution, followed by the activation. */
    record Convolution(int channels, int kernel, int stride, boolean depthwise) implements BlockSpec {
        Convolution(int channels, int kernel, int stride) {
            this(channels, kernel, stride, false);
        }

        static Convolution depthwise(int channels, int kernel, int stride) {
            return new Convolution(channels, kernel, stride, true);
        }
    }

    /** The maximum of square windows. */
    record MaxPool(int size, int stride, int padding) implements BlockSpec {
        /** Windows that do not overlap. */
        MaxPool(int size) {
            this(size, size, 0);
        }
    }

    /** The mean of square windows that do not overlap. It is linear, so it stands before a pending activation. */
    record AveragePool(int size) implements BlockSpec {}

    /**
     * A branch of convolutions, added to a shortcut.
     *
     * @param name precedes the names of its arrays: {@code layer1.0}
     */
    record Residual(String name, Order order, List<Convolution> branch, Shortcut shortcut) implements BlockSpec {
        int stride() {
            return branch.stream().mapToInt(Convolution::stride).reduce(1, (a, b) -> a * b);
        }
    }

    /** A branch of convolutions whose output channels are appended to its input's, in the pre-activation order. */
    record Dense(String name, List<Convolution> branch) implements BlockSpec {}

    /** Where the activations of a residual block stand. */
    enum Order {
        /** weights → φ → weights → + → φ; He et al. 2015. */
        POST_ACTIVATION,
        /** φ → weights → φ → weights → +; He et al. 2016. */
        PRE_ACTIVATION,
        /** weights → φ → weights → +, without an activation on the sum or the shortcut; Sandler et al. 2018. */
        LINEAR
    }

    /** What is added to a residual branch. */
    enum Shortcut {
        /** The input. */
        IDENTITY,
        /** A 1×1 convolution of the input with the branch's stride. */
        PROJECTION,
        /** The input at the branch's stride, with zeros for the additional channels. */
        ZERO_PADDED,
        /** Nothing. */
        NONE
    }
}
