package normlab.learning.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import normlab.json.InvalidInputException;
import normlab.json.StrictBinding;

/**
 * A network as its weight layers, written once for every normalization and activation. Behind the stages come global
 * average pooling and a fully connected layer to the classes.
 */
public record NetworkDefinition(String name, List<Stage> stages) {
    private static final Map<String, NetworkDefinition> KNOWN = new TreeMap<>(Map.of("plain-8", plain8()));

    /** @throws InvalidInputException naming the known networks */
    public static NetworkDefinition named(String name) {
        NetworkDefinition found = KNOWN.get(name);
        if (found == null) {
            throw new InvalidInputException(
                    "network", "'" + name + "' is not known" + StrictBinding.suggestion(name, KNOWN.keySet()));
        }
        return found;
    }

    /** The quick benchmark's network: eight 3×3 convolutions of 16 and 32 channels; 28 → 14 → 7 pixels. */
    private static NetworkDefinition plain8() {
        List<Stage> stages = new ArrayList<>();
        stages.add(new Stage.Convolution(16, 3, 2));
        for (int i = 0; i < 3; i++) {
            stages.add(new Stage.Convolution(16, 3, 1));
        }
        stages.add(new Stage.MaxPool(2));
        for (int i = 0; i < 4; i++) {
            stages.add(new Stage.Convolution(32, 3, 1));
        }
        return new NetworkDefinition("plain-8", List.copyOf(stages));
    }
}
