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
 * @param gain of each output channel, where there is one
 * @param bias a constant zero where a normaliser follows and would cancel it
 */
record Convolution(
        String name, Variable weight, Optional<Variable> gain, Variable bias, int stride, int padding, int groups)
        implements Layer {
    @Override
    public NDArray forward(NDArray x, Values values, Mode mode) {
        return Kernels.convolution(x, kernel(x, values), values.of(bias), stride, padding, groups);
    }

    /** The gain goes into the weights, of which there are fewer than pixels. */
    private NDArray kernel(NDArray x, Values values) {
        if (gain.isEmpty()) {
            return values.of(weight);
        }
        NDArray factor = values.lent(gain.get(), x).reshape(-1, 1, 1, 1);
        return values.lent(weight, x).mul(factor);
    }

    @Override
    public List<Variable> variables() {
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
