package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import normlab.experiment.Activation;

/** Sees what passes through a network, and leaves it as it is. */
public interface Observer {
    /** @param x input of the weight array of this name, (N, C, H, W) or (N, C) */
    void weightInput(String weight, NDArray x);

    /** @param z what φ gets, behind the weight array of this name (and BN, where that follows) */
    void preActivation(String weight, Activation activation, NDArray z);

    /**
     * @param x what a normaliser of batch statistics gets
     * @param mean of each channel, running, before this batch moves it
     * @param variance likewise
     */
    void normaliserInput(String normaliser, NDArray x, NDArray mean, NDArray variance);
}
