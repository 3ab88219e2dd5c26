package normlab.learning.network;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
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
     * One operation, after those that it is made of.
     *
     * @param name precedes the names of its arrays; empty if it has none
     * @param output the shape of one image after it
     * @param parameters how many it learns itself, without the operations that it is made of
     * @param multiplyAdds its own, likewise
     */
    public record Row(String name, String operation, List<Long> output, long parameters, long multiplyAdds) {}

    public NetworkSummary {
        input = List.copyOf(input);
        rows = List.copyOf(rows);
    }

    /**
     * @throws normlab.json.InvalidInputException if there is no network of that name or the images are too small for it
     */
    public static NetworkSummary of(String network, Design design, Geometry images) {
        Sequential layers =
                NetworkBuilder.build(NetworkDefinition.named(network), design, images.channels(), images.classes());
        Layer.Part whole = new Layer.Part(layers, new Shape(images.channels(), images.height(), images.width()));
        List<Row> rows = new ArrayList<>();
        list(whole, rows);
        return new NetworkSummary(network, dimensions(whole.input()), rows, parameters(whole), multiplyAdds(whole));
    }

    private static void list(Layer.Part place, List<Row> rows) {
        Layer layer = place.layer();
        List<Layer.Part> parts = layer.parts(place.input());
        parts.forEach(part -> list(part, rows));
        if (!layer.operation().isEmpty()) {
            rows.add(new Row(
                    layer.name(),
                    layer.operation(),
                    dimensions(layer.output(place.input())),
                    parameters(place) - total(parts, NetworkSummary::parameters),
                    multiplyAdds(place) - total(parts, NetworkSummary::multiplyAdds)));
        }
    }

    private static long total(List<Layer.Part> parts, ToLongFunction<Layer.Part> cost) {
        return parts.stream().mapToLong(cost).sum();
    }

    private static long parameters(Layer.Part part) {
        return ParameterSpec.learnableValues(part.layer().parameters());
    }

    private static long multiplyAdds(Layer.Part part) {
        return part.layer().multiplyAdds(part.input());
    }

    private static List<Long> dimensions(Shape shape) {
        return Arrays.stream(shape.getShape()).boxed().toList();
    }
}
