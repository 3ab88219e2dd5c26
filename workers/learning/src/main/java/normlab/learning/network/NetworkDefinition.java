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
 * A network as a list of blocks, without normalization and activation, so that one definition serves every arm. A global
 * average pool and a fully connected layer follow the last block.
 */
public record NetworkDefinition(String name, List<BlockSpec> blocks) {
    private static final Map<String, NetworkDefinition> KNOWN = Stream.of(
                    PlainNetworks.all(), ResidualNetworks.all(), DenseNetworks.all(), MobileNetworks.all())
            .flatMap(List::stream)
            .collect(Collectors.toMap(NetworkDefinition::name, d -> d, (a, b) -> a, TreeMap::new));

    public NetworkDefinition {
        blocks = List.copyOf(blocks);
    }

    /** The names that an experiment can use. */
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
