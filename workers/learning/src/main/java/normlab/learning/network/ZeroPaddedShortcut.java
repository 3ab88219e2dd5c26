package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Every stride-th pixel, and zeros for the channels that are missing: the shortcut without parameters of He et al. 2016,
 * option A.
 */
record ZeroPaddedShortcut(int stride, int channels) implements Layer {
    @Override
    public NDArray forward(NDArray x, Values values, Mode mode) {
        NDArray kept = Kernels.everyNth(x, stride);
        Shape shape = kept.getShape();
        // Made as N·H·W·C and seen as N·C·H·W, so that the result stays channels-last.
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
