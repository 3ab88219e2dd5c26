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
 * @param standardised whether each filter is used with mean 0 and norm 1
 */
record Convolution(
        String name,
        ParameterSpec weight,
        Optional<ParameterSpec> gain,
        ParameterSpec bias,
        int stride,
        int padding,
        int groups,
        boolean standardised)
        implements Layer {
    private static final double WEIGHT_EPSILON = 1e-5;

    @Override
    public String operation() {
        return "%s%d×%d%s%s"
                .formatted(
                        groups > 1 ? "depthwise " : "",
                        weight.shape().get(2),
                        weight.shape().get(3),
                        stride > 1 ? ", stride " + stride : "",
                        (standardised ? ", standardised" : "") + (gain.isPresent() ? ", output gain" : ""));
    }

    @Override
    public List<Part> parts(Shape input) {
        return List.of();
    }

    @Override
    public NDArray forward(NDArray x, ParameterStore store, Mode mode) {
        Arithmetic arithmetic = store.arithmetic(mode);
        return arithmetic.product(TorchOps.convolution(
                arithmetic.operand(x),
                arithmetic.operand(kernel(x, store), x),
                arithmetic.operand(store.get(bias), x),
                stride,
                padding,
                groups));
    }

    /** The gain is multiplied into the weights, which are fewer than the pixels. */
    private NDArray kernel(NDArray x, ParameterStore store) {
        if (gain.isEmpty() && !standardised) {
            return store.get(weight);
        }
        NDArray filters = standardised ? standardise(store.view(weight, x), store) : store.view(weight, x);
        return gain.map(g -> filters.mul(store.view(g, x).reshape(-1, 1, 1, 1))).orElse(filters);
    }

    /** (w − mean w)/√(Σ(w − mean w)² + ε) of each filter: Qiao et al. 2019, divided by the root of the fan-in. */
    private static NDArray standardise(NDArray filters, ParameterStore store) {
        int[] axes = {1, 2, 3};
        double share = 1.0 / filters.getShape().slice(1).size();
        NDArray centred = filters.sub(filters.sum(axes, true).mul(store.number(share)));
        NDArray squared = centred.square().sum(axes, true);
        return centred.div(squared.add(store.number(WEIGHT_EPSILON)).sqrt());
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
