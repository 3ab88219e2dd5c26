package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * One operation of a composed network. It holds no arrays: it says which it needs, and computes with those that it is
 * given, so that a network can be described without being built. Arrays are (N, C, H, W) up to the global average pool,
 * (N, C) behind it.
 */
sealed interface Layer
        permits Activate,
                Concatenation,
                Convolution,
                FullyConnected,
                Pool,
                Residual,
                RootMeanSquareNormalization,
                Sequence,
                BatchNormalization,
                Whitening,
                ZeroPaddedShortcut {

    /** @param values of {@link #variables()}; the result belongs to the manager of {@code x} */
    NDArray forward(NDArray x, Values values, Mode mode);

    /** In a fixed order; of composite layers, all within. */
    default List<Variable> variables() {
        return List.of();
    }

    /** @param input the shape of one image, (C, H, W) or (C) */
    default Shape output(Shape input) {
        return input;
    }

    /**
     * Multiply-adds of the matrix products for one image at inference: convolutions, fully connected layers, whitening.
     * Element-wise work is left out, as the literature does.
     */
    default long multiplyAdds(Shape input) {
        return 0;
    }
}
