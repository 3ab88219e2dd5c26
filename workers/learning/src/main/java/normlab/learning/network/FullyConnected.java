package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** (N, C) → (N, classes), both float32. */
record FullyConnected(ParameterSpec weight, ParameterSpec bias) implements Layer {
    @Override
    public String name() {
        return "fc";
    }

    @Override
    public String operation() {
        return "fully connected";
    }

    @Override
    public List<Part> parts(Shape input) {
        return List.of();
    }

    @Override
    public NDArray forward(NDArray x, ParameterStore store, Mode mode) {
        Arithmetic arithmetic = store.arithmetic(mode);
        NDArray product = x.getNDArrayInternal()
                .linear(
                        arithmetic.operand(arithmetic.narrow(x)),
                        arithmetic.operand(store.get(weight), x),
                        arithmetic.operand(store.get(bias), x))
                .singletonOrThrow();
        return arithmetic.widen(arithmetic.product(product));
    }

    @Override
    public List<ParameterSpec> parameters() {
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
