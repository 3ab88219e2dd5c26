package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import normlab.experiment.Activation;

/**
 * φ − mean, element by element.
 *
 * @param mean 0, or that of φ at a standard normal input
 */
record ActivationLayer(Activation activation, double mean) implements Layer {
    @Override
    public String operation() {
        return mean == 0 ? activation.title() : activation.title() + " − %.3f".formatted(mean);
    }

    @Override
    public List<Part> parts(Shape input) {
        return List.of();
    }

    @Override
    public NDArray forward(NDArray x, ParameterStore store, Mode mode) {
        NDArray y = ActivationFunctions.apply(activation, x);
        // Not in place: the gradients of some φ need its output.
        return mean == 0 ? y : y.sub(store.number(mean));
    }
}
