package normlab.learning.network;

/** A step of a network's definition, without normalization and activation: those are placed by {@link Composition}. */
sealed interface Stage {
    /** A weight layer with an activation: square kernel, zero padding that keeps the size at stride 1. */
    record Convolution(int channels, int kernel, int stride) implements Stage {}

    /** Square windows that do not overlap. */
    record MaxPool(int size) implements Stage {}
}
