package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/** Layers in order; none: the identity. */
record Sequential(List<Layer> layers) implements Layer {
    Sequential {
        layers = List.copyOf(layers);
    }

    @Override
    public String operation() {
        return "";
    }

    @Override
    public NDArray forward(NDArray x, ParameterStore store, Mode mode) {
        NDArray y = x;
        for (Layer layer : layers) {
            store.beforeForward(layer, y);
            NDArray next = layer.forward(y, store, mode);
            release(y, x, next);
            y = next;
        }
        return y;
    }

    /**
     * Frees the input of a layer, unless it is the input of the whole sequence or was returned as the output. PyTorch
     * keeps what the gradient needs; the rest of the memory is reused by the next layer while it is still in the cache.
     */
    static void release(NDArray read, NDArray input, NDArray next) {
        if (read != input && read != next) {
            read.close();
        }
    }

    @Override
    public List<ParameterSpec> parameters() {
        return layers.stream().flatMap(l -> l.parameters().stream()).toList();
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
    public List<Part> parts(Shape input) {
        List<Part> parts = new ArrayList<>();
        Shape shape = input;
        for (Layer layer : layers) {
            parts.add(new Part(layer, shape));
            shape = layer.output(shape);
        }
        return parts;
    }
}
