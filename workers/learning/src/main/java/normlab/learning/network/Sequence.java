package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** One layer after the other; none: the identity. */
record Sequence(List<Layer> layers) implements Layer {
    Sequence {
        layers = List.copyOf(layers);
    }

    @Override
    public NDArray forward(NDArray x, Values values, Mode mode) {
        NDArray y = x;
        for (Layer layer : layers) {
            values.passes(layer, y);
            y = layer.forward(y, values, mode);
        }
        return y;
    }

    @Override
    public List<Variable> variables() {
        return layers.stream().flatMap(l -> l.variables().stream()).toList();
    }

    @Override
    public Shape output(Shape input) {
        Shape shape = input;
        for (Layer layer : layers) {
            shape = layer.output(shape);
        }
        return shape;
    }

    @Override
    public long multiplyAdds(Shape input) {
        Shape shape = input;
        long sum = 0;
        for (Layer layer : layers) {
            sum += layer.multiplyAdds(shape);
            shape = layer.output(shape);
        }
        return sum;
    }
}
