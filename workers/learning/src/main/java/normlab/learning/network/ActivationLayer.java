package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import normlab.experiment.Activation;

/** φ, element by element. */
record ActivationLayer(Activation activation) implements Layer {
    @Override
    public String operation() {
        return activation.title();
    }

    @Override
    public List<Part> parts(Shape input) {
        return List.of();
    }

    @Override
    public NDArray forward(NDArray x, ParameterStore store, Mode mode) {
        return ActivationFunctions.apply(activation, x);
    }
}
