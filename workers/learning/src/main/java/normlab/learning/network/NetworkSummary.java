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
        Shape output = layer.output(input);
        if (layer instanceof Sequential sequential) {
            Shape shape = input;
            for (Layer each : sequential.layers()) {
                shape = walk(each, shape, rows);
            }
        } else if (layer instanceof Residual residual) {
            Shape entered = walk(residual.entry(), input, rows);
            walk(residual.branch(), entered, rows);
            walk(residual.shortcut().layers(), residual.shortcutInput(input), rows);
            rows.add(new Row(layer.name(), layer.operation(), dimensions(output), 0, 0));
        } else if (layer instanceof Concatenation concatenation) {
            walk(concatenation.branch(), input, rows);
            rows.add(new Row(layer.name(), layer.operation(), dimensions(output), 0, 0));
        } else {
            rows.add(new Row(
                    layer.name(),
                    layer.operation(),
                    dimensions(output),
                    ParameterSpec.learnableValues(layer.parameters()),
                    layer.multiplyAdds(input)));
        }
        return output;
    }

    private static List<Long> dimensions(Shape shape) {
        return Arrays.stream(shape.getShape()).boxed().toList();
    }
}
