package normlab.learning.network;

import java.util.List;

/**
 * A step of a network's definition, without normalization and activation: those are placed by {@link Composition}.
 * Convolutions have square kernels and zero padding that keeps the size at stride 1.
 */
sealed interface Stage {
    /** A weight layer with an activation. */
    record Convolution(int channels, int kernel, int stride, boolean depthwise) implements Stage {
        Convolution(int channels, int kernel, int stride) {
            this(channels, kernel, stride, false);
        }

        static Convolution depthwise(int channels, int kernel, int stride) {
            return new Convolution(channels, kernel, stride, true);
        }
    }

    /** The largest value of square windows. */
    record MaxPool(int size, int stride, int padding) implements Stage {
        /** Windows that do not overlap. */
        MaxPool(int size) {
            this(size, size, 0);
        }
    }

    /** The mean of square windows that do not overlap; being linear, it stands in front of the activation that is due. */
    record AveragePool(int size) implements Stage {}

    /**
     * A branch of convolutions, added to a shortcut.
     *
     * @param name in front of the names of its arrays: {@code layer1.0}
     */
    record Residual(String name, Order order, List<Convolution> branch, Shortcut shortcut) implements Stage {
        int stride() {
            return branch.stream().mapToInt(Convolution::stride).reduce(1, (a, b) -> a * b);
        }
    }

    /** A branch of convolutions whose channels are put behind those that it reads; in the pre-activation order. */
    record Dense(String name, List<Convolution> branch) implements Stage {}

    /** Where activations stand in a residual block. */
    enum Order {
        /** weights → φ → weights → + → φ; He et al. 2015. */
        POST_ACTIVATION,
        /** φ → weights → φ → weights → +; He et al. 2016. */
        PRE_ACTIVATION,
        /** weights → φ → weights → +: neither sum nor shortcut have an activation; Sandler et al. 2018. */
        LINEAR
    }

    /** The way around a residual branch. */
    enum Shortcut {
        /** The input itself. */
        IDENTITY,
        /** A 1×1 convolution with the branch's stride. */
        PROJECTION,
        /** The input at the branch's stride, with zeros for further channels. */
        ZERO_PADDED,
        /** None: the branch alone. */
        NONE
    }
}
