package normlab.learning.network;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import normlab.experiment.Activation;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.learning.data.Geometry;

/**
 * A network's operations in the order of computation, with shapes and costs. No array is made for it.
 *
 * @param input channels, height, width of one image
 * @param parameters how many numbers are learned
 * @param multiplyAdds of one image at inference; see {@link Layer#multiplyAdds}
 */
public record NetworkSummary(String network, List<Long> input, List<Row> rows, long parameters, long multiplyAdds) {
    /**
     * One operation.
     *
     * @param name precedes the names of its arrays; empty if it has none
     * @param output the shape of one image after it
     */
    public record Row(String name, String operation, List<Long> output, long parameters, long multiplyAdds) {}

    public NetworkSummary {
        input = List.copyOf(input);
        rows = List.copyOf(rows);
    }

    /**
     * @throws normlab.json.InvalidInputException if there is no network of that name or the images are too small for it
     */
    public static NetworkSummary of(
            String network, Normalization normalization, Activation activation, Head head, Geometry images) {
        Sequential layers = NetworkBuilder.build(
                NetworkDefinition.named(network), normalization, activation, head, images.channels(), images.classes());
        Shape input = new Shape(images.channels(), images.height(), images.width());
        List<Row> rows = new ArrayList<>();
        walk(layers, input, rows);
        return new NetworkSummary(
                network,
                dimensions(input),
                rows,
                ParameterSpec.learnableValues(layers.parameters()),
                layers.multiplyAdds(input));
    }

    /** @return the output shape of the layer */
    private static Shape walk(Layer layer, Shape input, List<Row> rows) {
        switch (layer) {
            case Sequential sequence -> {
                Shape shape = input;
                for (Layer each : sequence.layers()) {
                    shape = walk(each, shape, rows);
                }
            }
            case Residual residual -> {
                Shape entered = walk(residual.entry(), input, rows);
                walk(residual.branch(), entered, rows);
                walk(residual.shortcut().layers(), residual.shortcutInput(input), rows);
                rows.add(row("", "sum of branch and shortcut", residual.output(input)));
            }
            case Concatenation concatenation -> {
                walk(concatenation.branch(), input, rows);
                rows.add(row("", "concatenation", concatenation.output(input)));
            }
            case Convolution c -> rows.add(row(c.name(), c, convolution(c), input));
            case BatchNormalization n ->
                rows.add(row(n.name(), n, n.scale().learnable() ? "BN with γ, β" : "normaliser", input));
            case RmsNormalization n -> rows.add(row(n.name(), n, "normaliser without centring", input));
            case Whitening w -> rows.add(row(w.name(), w, whitening(w), input));
            case FullyConnected fc -> rows.add(row("fc", fc, "fully connected", input));
            case ActivationLayer a -> rows.add(row("", a.activation().title(), input));
            case Pool.Maximum p -> rows.add(row("", "%1$d×%1$d max-pool".formatted(p.size()), p.output(input)));
            case Pool.Average p -> rows.add(row("", "%1$d×%1$d average pool".formatted(p.size()), p.output(input)));
            case Pool.GlobalAverage p -> rows.add(row("", "global average pool", p.output(input)));
            case ZeroPaddedShortcut s -> rows.add(row("", "subsampled, padded with zeros", s.output(input)));
        }
        return layer.output(input);
    }

    private static String convolution(Convolution c) {
        return "%s%d×%d%s%s"
                .formatted(
                        c.groups() > 1 ? "depthwise " : "",
                        c.weight().shape().get(2),
                        c.weight().shape().get(3),
                        c.stride() > 1 ? ", stride " + c.stride() : "",
                        c.gain().isPresent() ? ", output gain" : "");
    }

    private static String whitening(Whitening w) {
        Shape matrices = w.runningCovariance().shape();
        return "whitening%s%s"
                .formatted(
                        matrices.get(0) > 1 ? " of %d×%d channels".formatted(matrices.get(0), matrices.get(1)) : "",
                        w.scale().learnable() ? " with γ, β" : "");
    }

    private static Row row(String name, Layer layer, String operation, Shape input) {
        return new Row(
                name,
                operation,
                dimensions(layer.output(input)),
                ParameterSpec.learnableValues(layer.parameters()),
                layer.multiplyAdds(input));
    }

    private static Row row(String name, String operation, Shape output) {
        return new Row(name, operation, dimensions(output), 0, 0);
    }

    private static List<Long> dimensions(Shape shape) {
        return Arrays.stream(shape.getShape()).boxed().toList();
    }
}
