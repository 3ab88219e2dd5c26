package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** What the normalisers have in common. */
final class BatchStatistics {
    private BatchStatistics() {}

    /** How many values each channel has in a batch (N, C, H, W) or (N, C). */
    static long valuesPerChannel(Shape batch) {
        return batch.size() / batch.get(1);
    }

    /** @throws IllegalArgumentException if the batch has a single value for each channel, so that its variance is 0 */
    static void requireTwoValues(String layer, Shape batch) {
        long values = valuesPerChannel(batch);
        if (values < 2) {
            throw new IllegalArgumentException(
                    "[%s] a batch of shape %s has %d value for each channel, expected 2 or more: its variance is 0"
                            .formatted(layer, batch, values));
        }
    }

    /** running ← (1 − momentum)·running + momentum·batch, in place and without a gradient. */
    static void update(ParameterSpec running, NDArray batch, double momentum, ParameterStore store) {
        NDArray updated = store.get(running);
        updated.muli(store.number(1 - momentum))
                .addi(batch.stopGradient().reshape(updated.getShape()).mul(store.number(momentum)));
    }

    /** The shape in which one value for each channel broadcasts over {@code like}: (1, C, 1, 1) or (1, C). */
    static Shape broadcast(Shape like) {
        return like.dimension() == 4 ? new Shape(1, like.get(1), 1, 1) : new Shape(1, like.get(1));
    }
}
