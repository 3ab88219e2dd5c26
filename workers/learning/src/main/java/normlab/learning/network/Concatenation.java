package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** x, and behind its channels those of branch(x). */
record Concatenation(Sequence branch) implements Layer {
    @Override
    public NDArray forward(NDArray x, Values values, Mode mode) {
        return x.concat(branch.forward(x, values, mode), 1);
    }

    @Override
    public List<Variable> variables() {
        return branch.variables();
    }

    @Override
    public Shape output(Shape input) {
        Shape added = branch.output(input);
        return new Shape(input.get(0) + added.get(0), added.get(1), added.get(2));
    }

    @Override
    public long multiplyAdds(Shape input) {
        return branch.multiplyAdds(input);
    }
}
