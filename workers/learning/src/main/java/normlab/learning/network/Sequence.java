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
            NDArray next = layer.forward(y, values, mode);
            release(y, x, next);
            y = next;
        }
        return y;
    }

    /**
     * Lets go of what a layer has read, unless that is the sequence's own input or was handed on. PyTorch keeps what the
     * gradient needs; the rest of the memory serves the next layer while it is still in the cache.
     */
    static void release(NDArray read, NDArray input, NDArray next) {
        if (read != input && read != next) {
            read.close();
        }
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
