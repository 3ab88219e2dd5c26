package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * gain·(W * x) + bias.
 *
 * @param weight O·I/groups·kh·kw
 * @param gain of each output channel, if the arm has one
 * @param bias a constant zero if a normaliser follows, which would cancel it
 */
record Convolution(
        String name,
        ParameterSpec weight,
        Optional<ParameterSpec> gain,
        ParameterSpec bias,
        int stride,
        int padding,
        int groups)
        implements Layer {
    @Override
    public String operation() {
        return "%s%d×%d%s%s"
                .formatted(
                        groups > 1 ? "depthwise " : "",
                        weight.shape().get(2),
                        weight.shape().get(3),
                        stride > 1 ? ", stride " + stride : "",
                        gain.isPresent() ? ", output gain" : "");
    }

    @Override
    public List<Part> parts(Shape input) {
        return List.of();
    }

    @Override
    public NDArray forward(NDArray x, ParameterStore store, Mode mode) {
        return TorchOps.convolution(x, kernel(x, store), store.get(bias), stride, padding, groups);
    }

    /** The gain is multiplied into the weights, which are fewer than the pixels. */
    private NDArray kernel(NDArray x, ParameterStore store) {
        if (gain.isEmpty()) {
            return store.get(weight);
        }
        NDArray factor = store.view(gain.get(), x).reshape(-1, 1, 1, 1);
        return store.view(weight, x).mul(factor);
    }

    @Override
    public List<ParameterSpec> parameters() {
        return Stream.of(Optional.of(weight), gain, Optional.of(bias))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public Shape output(Shape input) {
        int size = Math.toIntExact(weight.shape().get(2));
        return Pool.slid(name, input, weight.shape().get(0), size, stride, padding);
    }

    @Override
    public long multiplyAdds(Shape input) {
        Shape output = output(input);
        return weight.shape().size() * output.get(1) * output.get(2);
    }
}
