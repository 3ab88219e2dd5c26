package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import normlab.experiment.Activation;

/** Is shown the arrays that pass through a network, as PyTorch's forward hooks are. It must not change them. */
public interface ForwardHook {
    /** @param x the input of the weight array of this name, (N, C, H, W) or (N, C) */
    void weightInput(String weight, NDArray x);

    /** @param z the input of φ after the weight array of this name, and after the normaliser between them, if any */
    void preActivation(String weight, Activation activation, NDArray z);

    /**
     * @param x the input of the normaliser of this name
     * @param running its running statistics, before this batch moves them
     */
    void normaliserInput(String normaliser, NDArray x, RunningMoments running);

    /**
     * The running statistics of a normaliser, one value for each channel.
     *
     * @param mean empty for a normaliser that does not centre
     * @param spread the variance; for a normaliser that does not centre, the mean square
     */
    record RunningMoments(Optional<NDArray> mean, NDArray spread) {}
}
