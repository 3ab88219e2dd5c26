package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;

/** A layer that normalises each channel with statistics of the batch in training and with running ones in evaluation. */
sealed interface Normaliser extends Layer
        permits BatchNormalization, BoundedNormalization, RmsNormalization, Whitening {
    @Override
    String name();

    @Override
    default List<Part> parts(Shape input) {
        return List.of();
    }

    /**
     * Its running statistics, and the weight of a new batch in them.
     *
     * @param mean empty for a normaliser that does not centre
     * @param spread unbiased variance by channel, or covariance by group (groups, g, g); without centring the mean square
     */
    record Statistics(Optional<ParameterSpec> mean, ParameterSpec spread, double momentum) {}

    Statistics statistics();

    /**
     * What probes compare with the statistics of a batch.
     *
     * @param x an input; arrays made here belong to its manager
     */
    default ForwardHook.RunningMoments runningMoments(NDArray x, ParameterStore store) {
        Statistics running = statistics();
        return new ForwardHook.RunningMoments(running.mean().map(store::get), store.get(running.spread()));
    }
}
