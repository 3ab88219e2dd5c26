package normlab.learning.network;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import normlab.json.InvalidInputException;
import normlab.json.StrictBinding;

/**
 * A network as its weight layers, written once for every normalization and activation. Behind the stages come global
 * average pooling and a fully connected layer to the classes.
 */
public record NetworkDefinition(String name, List<Stage> stages) {
    private static final Map<String, NetworkDefinition> KNOWN = Stream.of(
                    PlainNetworks.all(), ResidualNetworks.all(), DenseNetworks.all(), MobileNetworks.all())
            .flatMap(List::stream)
            .collect(Collectors.toMap(NetworkDefinition::name, d -> d, (a, b) -> a, TreeMap::new));

    public NetworkDefinition {
        stages = List.copyOf(stages);
    }

    /** All that experiments can name. */
    public static SortedSet<String> names() {
        return new TreeSet<>(KNOWN.keySet());
    }

    /** @throws InvalidInputException naming the known networks */
    public static NetworkDefinition named(String name) {
        NetworkDefinition found = KNOWN.get(name);
        if (found == null) {
            throw new InvalidInputException(
                    "network", "'" + name + "' is not known" + StrictBinding.suggestion(name, KNOWN.keySet()));
        }
        return found;
    }
}
