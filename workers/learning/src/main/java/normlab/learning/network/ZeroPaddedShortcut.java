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
        return TorchOps.padChannels(kept, channels);
    }

    @Override
    public Shape output(Shape input) {
        return new Shape(channels, (input.get(1) - 1) / stride + 1, (input.get(2) - 1) / stride + 1);
    }
}
