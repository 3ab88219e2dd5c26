package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** What the normalisers share. */
final class Statistics {
    private Statistics() {}

    /** How many values each channel has in a batch (N, C, H, W) or (N, C). */
    static long valuesPerChannel(Shape batch) {
        return batch.size() / batch.get(1);
    }

    /** @throws IllegalArgumentException if the batch has one value for each channel, from which no statistics come */
    static void requireTwoValues(String layer, Shape batch) {
        long values = valuesPerChannel(batch);
        if (values < 2) {
            throw new IllegalArgumentException(
                    "[%s] a batch of shape %s has %d value for each channel, expected 2 or more: its variance is 0"
                            .formatted(layer, batch, values));
        }
    }

    /** running ← (1 − momentum)·running + momentum·batch, in place and without a gradient. */
    static void move(Variable running, NDArray batch, double momentum, Values values) {
        NDArray moved = values.of(running);
        moved.muli(values.number(1 - momentum))
                .addi(batch.stopGradient().reshape(moved.getShape()).mul(values.number(momentum)));
    }

    /** An array of one value a channel in the shape that broadcasts over {@code like}: (1, C, 1, 1) or (1, C). */
    static Shape broadcast(Shape like) {
        return like.dimension() == 4 ? new Shape(1, like.get(1), 1, 1) : new Shape(1, like.get(1));
    }
}
