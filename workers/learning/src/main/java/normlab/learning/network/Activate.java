package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import normlab.experiment.Activation;

/** φ. */
record Activate(Activation activation) implements Layer {
    @Override
    public NDArray forward(NDArray x, Values values, Mode mode) {
        return Nonlinearity.apply(activation, x);
    }
}
