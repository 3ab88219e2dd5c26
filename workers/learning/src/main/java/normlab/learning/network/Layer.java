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
                InputScale,
                Normaliser,
                Pool,
                Residual,
                Residual.ZeroPadded,
                Sequential {

    /**
     * @param store holds the arrays of {@link #parameters()}
     * @return an array that belongs to the manager of {@code x}
     */
    NDArray forward(NDArray x, ParameterStore store, Mode mode);

    /** Precedes the names of its arrays; empty if it has none. */
    default String name() {
        return "";
    }

    /** What it does, in a few words, for {@link NetworkSummary}; empty for layers in order, which do nothing of their own. */
    String operation();

    /**
     * The layers that it is made of, in the order of computation; none for a single operation. {@link NetworkSummary} lists
     * them, so a composite layer that left one out would hide its cost.
     *
     * @param input the shape of one image, (C, H, W) or (C)
     */
    List<Part> parts(Shape input);

    /** @param input the shape of one image that the layer reads within the composite */
    record Part(Layer layer, Shape input) {}

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
     * whitening. Element-wise operations do not count, as is usual in the literature. Those of a composite layer are those
     * of its parts.
     */
    default long multiplyAdds(Shape input) {
        return parts(input).stream()
                .mapToLong(p -> p.layer().multiplyAdds(p.input()))
                .sum();
    }
}
