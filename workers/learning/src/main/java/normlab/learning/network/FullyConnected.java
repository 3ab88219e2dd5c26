package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** (N, C) → (N, classes). */
record FullyConnected(Variable weight, Variable bias) implements Layer {
    @Override
    public NDArray forward(NDArray x, Values values, Mode mode) {
        return x.getNDArrayInternal()
                .linear(x, values.of(weight), values.of(bias))
                .singletonOrThrow();
    }

    @Override
    public List<Variable> variables() {
        return List.of(weight, bias);
    }

    @Override
    public Shape output(Shape input) {
        return new Shape(weight.shape().get(0));
    }

    @Override
    public long multiplyAdds(Shape input) {
        return weight.shape().size();
    }
}
