package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** c·x before one weight layer, whose fan-in decides c: a block and its projection read the same normaliser. */
record InputScale(double c) implements Layer {
    @Override
    public String operation() {
        return "times %.3f".formatted(c);
    }

    @Override
    public List<Part> parts(Shape input) {
        return List.of();
    }

    @Override
    public NDArray forward(NDArray x, ParameterStore store, Mode mode) {
        return x.mul(store.number(c));
    }
}
