package normlab.report.figure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import normlab.experiment.Arm;
import normlab.json.Json;

/**
 * The colour of an arm, the same in every figure and campaign: it follows from what the arm does, not from its place among
 * others. The usual methods have the colours of Okabe and Ito (2008), which people with any colour vision can tell apart.
 */
public final class Palette {
    /** By {@link #method}, with what is not in it left out. */
    private static final Map<String, Integer> USUAL = Map.ofEntries(
            Map.entry("kind none", 0x7F7F7F),
            Map.entry("kind batch-norm", 0x0072B2),
            Map.entry("c 0.707, kind complete-batch-norm, variant plain", 0xD55E00),
            Map.entry("c 1.000, kind complete-batch-norm, variant plain", 0xE69F00),
            Map.entry("c 0.707, kind complete-batch-norm, variant swap", 0xCC79A7),
            Map.entry("c 0.707, kind complete-batch-norm, variant out-gain", 0x882255),
            Map.entry("c 0.707, kind complete-batch-norm, variant dual", 0x332288),
            Map.entry("c 0.707, kind complete-batch-norm, variant rms", 0x999933),
            Map.entry("c 0.707, groupSize 0.000, kind complete-whitening", 0x009E73),
            Map.entry("groupSize 0.000, kind whitened-batch-norm", 0x56B4E9),
            Map.entry("c 1.000, floor 1.000, kind complete-batch-norm, variant plain", 0x117733),
            Map.entry("c 12.000, kind complete-batch-norm, perFanIn true, variant plain", 0xAA4499),
            Map.entry("c 1.000, kind complete-batch-norm, variant weight-standardised", 0x661100),
            Map.entry("centredActivation true, kind batch-norm", 0x44AA99));

    private static final List<Integer> OTHERS = List.of(0x6A3D9A, 0xB15928, 0x1F78B4, 0xE31A1C, 0x33A02C);

    private static final List<String> WITHOUT_A_COLOUR = List.of("epsilon", "momentum");

    private Palette() {}

    static int rgb(Arm arm) {
        String method = method(arm);
        Integer usual = USUAL.get(method);
        return usual == null ? OTHERS.get(Math.floorMod(method.hashCode(), OTHERS.size())) : usual;
    }

    /** For example {@code #0072b2}. */
    public static String hex(Arm arm) {
        return "#%06x".formatted(rgb(arm));
    }

    /** The arm in words that are stable: its normalization, and what else of it is not a matter of the head. */
    static String method(Arm arm) {
        TreeMap<String, String> words = new TreeMap<>();
        Json.tree(arm.normalization()).properties().forEach(e -> words.put(e.getKey(), word(e.getValue())));
        Json.tree(arm).properties().stream()
                .filter(e -> e.getValue().isBoolean())
                .forEach(e -> words.put(e.getKey(), word(e.getValue())));
        WITHOUT_A_COLOUR.forEach(words::remove);
        return words.entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String word(JsonNode value) {
        return value.isNumber() ? "%.3f".formatted(value.asDouble()) : value.asText();
    }
}
