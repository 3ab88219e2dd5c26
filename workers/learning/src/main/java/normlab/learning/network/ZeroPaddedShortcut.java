package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Every stride-th pixel, with zeros for the additional channels: the parameter-free shortcut (option A) of He et al.
 * 2015.
 */
record ZeroPaddedShortcut(int stride, int channels) implements Layer {
    @Override
    public String operation() {
        return "subsampled, padded with zeros";
    }

    @Override
    public List<Part> parts(Shape input) {
        return List.of();
    }

    @Override
    public NDArray forward(NDArray x, ParameterStore store, Mode mode) {
        NDArray kept = TorchOps.everyNth(x, stride);
        Shape shape = kept.getShape();
        // Made as N·H·W·C and viewed as N·C·H·W, so that the result stays channels-last.
        NDArray zeros = x.getManager()
                .zeros(
                        new Shape(shape.get(0), shape.get(2), shape.get(3), channels - shape.get(1)),
                        x.getDataType(),
                        x.getDevice())
                .transpose(0, 3, 1, 2);
        return kept.concat(zeros, 1);
    }

    @Override
    public Shape output(Shape input) {
        return new Shape(channels, (input.get(1) - 1) / stride + 1, (input.get(2) - 1) / stride + 1);
    }
}
