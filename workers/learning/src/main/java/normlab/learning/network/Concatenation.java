package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** The channels of x, followed by those of branch(x). */
record Concatenation(Sequential branch) implements Layer {
    @Override
    public String operation() {
        return "concatenation";
    }

    @Override
    public NDArray forward(NDArray x, ParameterStore store, Mode mode) {
        return x.concat(branch.forward(x, store, mode), 1);
    }

    @Override
    public List<ParameterSpec> parameters() {
        return branch.parameters();
    }

    @Override
    public Shape output(Shape input) {
        Shape added = branch.output(input);
        return new Shape(input.get(0) + added.get(0), added.get(1), added.get(2));
    }

    @Override
    public List<Part> parts(Shape input) {
        return List.of(new Part(branch, input));
    }
}
