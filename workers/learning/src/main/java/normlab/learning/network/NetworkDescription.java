package normlab.learning.network;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import normlab.experiment.TrialSpec;
import normlab.learning.network.Residual.Shortcut;

/**
 * A network as data, for programs in other languages: its layers in order, each with its kind, the name that its arrays
 * have in {@code model.safetensors}, and the constants that it computes with in evaluation mode.
 */
public final class NetworkDescription {
    private NetworkDescription() {}

    /** Plain values, as JSON has them. */
    public static List<Map<String, Object>> of(TrialSpec spec, int inputChannels, int classes) {
        return layers(Composition.compose(
                NetworkDefinition.named(spec.network()),
                spec.normalization(),
                spec.activation(),
                spec.head(),
                inputChannels,
                classes));
    }

    private static List<Map<String, Object>> layers(Sequence sequence) {
        return sequence.layers().stream().map(NetworkDescription::layer).toList();
    }

    private static Map<String, Object> layer(Layer layer) {
        return switch (layer) {
            case Activate a -> kind("activation", "function", a.activation().word());
            case Concatenation c -> kind("concatenation", "branch", layers(c.branch()));
            case Convolution c ->
                kind(
                        "convolution",
                        "name",
                        c.name(),
                        "stride",
                        c.stride(),
                        "padding",
                        c.padding(),
                        "groups",
                        c.groups());
            case FullyConnected f -> kind("fully-connected", "name", prefix(f.weight()));
            case Pool.Maximum p -> kind("max-pool", "size", p.size(), "stride", p.stride(), "padding", p.padding());
            case Pool.Average p -> kind("average-pool", "size", p.size());
            case Pool.GlobalAverage ignored -> kind("global-average-pool");
            case Residual r -> residual(r);
            case RootMeanSquareNormalization n ->
                kind("root-mean-square", "name", n.name(), "epsilon", n.epsilon(), "scale", n.c());
            case Sequence s -> kind("sequence", "layers", layers(s));
            case BatchNormalization n ->
                kind("normalization", "name", n.name(), "epsilon", n.epsilon(), "scale", scale(n.scale()));
            case Whitening w -> kind("whitening", "name", w.name(), "epsilon", w.epsilon(), "scale", scale(w.scale()));
            case ZeroPaddedShortcut s -> kind("zero-padded", "stride", s.stride(), "channels", s.channels());
        };
    }

    private static Map<String, Object> residual(Residual residual) {
        return kind(
                "residual",
                "entry",
                layers(residual.entry()),
                "branch",
                layers(residual.branch()),
                "shortcut",
                layers(residual.shortcut().layers()),
                "shortcutReadsEntry",
                residual.shortcut() instanceof Shortcut.Projection);
    }

    /** @param facts names and values in turn */
    private static Map<String, Object> kind(String kind, Object... facts) {
        Map<String, Object> described = new TreeMap<>(Map.of("kind", kind));
        for (int i = 0; i < facts.length; i += 2) {
            described.put(facts[i].toString(), facts[i + 1]);
        }
        return described;
    }

    private static String prefix(Variable weight) {
        return weight.name().substring(0, weight.name().lastIndexOf('.'));
    }

    /** Of a normaliser: a constant, or what learning started from, which the stored array replaces. */
    private static double scale(Variable scale) {
        return switch (scale.initial()) {
            case Variable.Initial.Filled filled -> filled.value();
            case Variable.Initial.Diagonal diagonal -> diagonal.value();
            case Variable.Initial.Normal ignored -> throw new IllegalArgumentException(scale.name() + " is drawn");
        };
    }
}
