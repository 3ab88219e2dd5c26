package normlab.learning.network;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import normlab.experiment.TrialSpec;
import normlab.learning.network.Residual.Shortcut;

/**
 * A network as data, for programs in other languages: its layers in order, each with its kind, the name of its arrays in
 * {@code model.safetensors}, and its constants in evaluation mode.
 */
public final class NetworkDescription {
    private NetworkDescription() {}

    /** As plain JSON values. */
    public static List<Map<String, Object>> of(TrialSpec spec, int inputChannels, int classes) {
        return layers(
                NetworkBuilder.build(NetworkDefinition.named(spec.network()), Design.of(spec), inputChannels, classes));
    }

    private static List<Map<String, Object>> layers(Sequential sequence) {
        return sequence.layers().stream().map(NetworkDescription::layer).toList();
    }

    private static Map<String, Object> layer(Layer layer) {
        return switch (layer) {
            case ActivationLayer a ->
                kind("activation", "function", a.activation().word(), "mean", a.mean());
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
                        c.groups(),
                        "standardised",
                        c.standardised());
            case FullyConnected f -> kind("fully-connected", "name", prefix(f.weight()));
            case InputScale s -> kind("input-scale", "scale", s.c());
            case Pool.Maximum p -> kind("max-pool", "size", p.size(), "stride", p.stride(), "padding", p.padding());
            case Pool.Average p -> kind("average-pool", "size", p.size());
            case Pool.GlobalAverage ignored -> kind("global-average-pool");
            case Residual r -> residual(r);
            case RmsNormalization n ->
                kind("root-mean-square", "name", n.name(), "epsilon", n.epsilon(), "scale", n.c());
            case Sequential s -> kind("sequence", "layers", layers(s));
            case BatchNormalization n ->
                kind("normalization", "name", n.name(), "epsilon", n.epsilon(), "scale", scale(n.scale()));
            case BoundedNormalization n ->
                kind("bounded", "name", n.name(), "epsilon", n.epsilon(), "scale", n.c(), "floor", n.floor());
            case Whitening w -> kind("whitening", "name", w.name(), "epsilon", w.epsilon(), "scale", scale(w.scale()));
            case Residual.ZeroPadded s -> kind("zero-padded", "stride", s.stride(), "channels", s.channels());
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

    /** @param facts alternating names and values */
    private static Map<String, Object> kind(String kind, Object... facts) {
        Map<String, Object> described = new TreeMap<>(Map.of("kind", kind));
        for (int i = 0; i < facts.length; i += 2) {
            described.put(facts[i].toString(), facts[i + 1]);
        }
        return described;
    }

    private static String prefix(ParameterSpec weight) {
        return weight.name().substring(0, weight.name().lastIndexOf('.'));
    }

    /** Of a normaliser: the constant, or the initial value, which the stored array replaces. */
    private static double scale(ParameterSpec scale) {
        return switch (scale.initial()) {
            case ParameterSpec.Initial.Filled filled -> filled.value();
            case ParameterSpec.Initial.Diagonal diagonal -> diagonal.value();
            case ParameterSpec.Initial.Cancelling ignored ->
                throw new IllegalArgumentException(scale.name() + " is a bias");
            case ParameterSpec.Initial.Normal ignored -> throw new IllegalArgumentException(scale.name() + " is drawn");
        };
    }
}
