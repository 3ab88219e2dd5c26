package normlab.platform.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.experiment.Head;
import normlab.experiment.HeadNormaliser;
import normlab.experiment.Normalization;
import normlab.json.InvalidInputException;
import normlab.json.StrictBinding;

/** The arms that experiments can name without defining them, from {@code arms.yaml} in their folder. */
public final class ArmCatalogue {
    static final String NAME = "arms";

    private final ObjectNode arms;

    private ArmCatalogue(ObjectNode arms) {
        this.arms = arms;
    }

    /**
     * What an arm computes.
     *
     * @param arm its name in {@code arms.yaml}
     */
    public record Method(
            String arm,
            Normalization normalization,
            Head head,
            Optional<HeadNormaliser> headNormaliser,
            boolean centredActivation) {
        /** The same with whitening in groups of so many channels; 0: all of a layer. */
        public Method withGroupSize(int groupSize) {
            return new Method(arm, normalization.withGroupSize(groupSize), head, headNormaliser, centredActivation);
        }

        /** The same with another head; at another place its normaliser is the usual one. */
        public Method withHead(Head place) {
            return place == head ? this : new Method(arm, normalization, place, Optional.empty(), centredActivation);
        }
    }

    /** @param experiments the folder; without {@code arms.yaml}, the catalogue is empty */
    public static ArmCatalogue in(Path experiments) {
        Path file = experiments.resolve(NAME + ".yaml");
        return Files.exists(file) && YamlFile.read(file).get("arms") instanceof ObjectNode arms
                ? new ArmCatalogue(arms)
                : new ArmCatalogue(JsonNodeFactory.instance.objectNode());
    }

    /** In the order of the file. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        arms.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Each normalization once, with and without a centred activation, and with the head of the first arm that has it. */
    public List<Method> methods() {
        Map<List<Object>, Method> methods = new LinkedHashMap<>();
        names().stream()
                .map(this::method)
                .forEach(m -> methods.putIfAbsent(List.of(m.normalization(), m.centredActivation()), m));
        return List.copyOf(methods.values());
    }

    /** @throws InvalidInputException if there is no arm of that name, with the most similar one */
    public Method method(String name) {
        if (!(arms.get(name) instanceof ObjectNode arm)) {
            throw new InvalidInputException(
                    "--normalization",
                    "'%s' is not an arm of arms.yaml%s".formatted(name, StrictBinding.suggestion(name, names())));
        }
        String subject = "arms.yaml, " + name;
        return new Method(
                name,
                StrictBinding.bind(arm.path("normalization"), Normalization.class, subject),
                StrictBinding.bind(arm.path("head"), Head.class, subject),
                Optional.ofNullable(arm.get("headNormaliser"))
                        .map(given -> StrictBinding.bind(given, HeadNormaliser.class, subject)),
                arm.path("centredActivation").asBoolean());
    }

    /** Lets the arms that a difference adds start from their definition here, if there is one. */
    void inherit(ObjectNode resolved, ObjectNode difference) {
        if (difference.get("arms") instanceof ObjectNode added) {
            ObjectNode known = resolved.get("arms") instanceof ObjectNode map ? map : resolved.putObject("arms");
            added.properties().forEach(arm -> {
                if (arm.getValue().isObject() && !known.has(arm.getKey()) && arms.has(arm.getKey())) {
                    known.set(arm.getKey(), arms.get(arm.getKey()).deepCopy());
                }
            });
        }
    }
}
