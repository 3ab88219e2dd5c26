package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * One operation of a network. A layer holds no arrays: it names the parameters that it needs and computes with those that
 * it is given, so a network can be described without being built. Arrays are (N, C, H, W) up to the global average pool
 * and (N, C) after it.
 */
sealed interface Layer
        permits ActivationLayer,
                Concatenation,
                Convolution,
                FullyConnected,
                Normaliser,
                Pool,
                Residual,
                Sequential,
                ZeroPaddedShortcut {

    /**
     * @param store holds the arrays of {@link #parameters()}
     * @return an array that belongs to the manager of {@code x}
     */
    NDArray forward(NDArray x, ParameterStore store, Mode mode);

    /** Precedes the names of its arrays; empty if it has none. */
    default String name() {
        return "";
    }

    /** What it does, in a few words, for {@link NetworkSummary}. */
    String operation();

    /** In a fixed order; those of a composite layer are those of its layers. */
    default List<ParameterSpec> parameters() {
        return List.of();
    }

    /** @param input the shape of one image, (C, H, W) or (C) */
    default Shape output(Shape input) {
        return input;
    }

    /**
     * The multiply-adds of the matrix products for one image at inference: convolutions, fully connected layers,
     * whitening. Element-wise operations do not count, as is usual in the literature.
     */
    default long multiplyAdds(Shape input) {
        return 0;
    }
}
