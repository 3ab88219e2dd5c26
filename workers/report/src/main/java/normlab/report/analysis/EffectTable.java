package normlab.report.analysis;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import normlab.experiment.Activation;

/**
 * A comparison of two arms: one effect per measure and activation.
 *
 * @param treatment name of an arm
 * @param baseline name of an arm
 * @param note what the reader should know; may be empty
 */
public record EffectTable(String treatment, String baseline, String note, Map<Measure, List<Effect>> effects) {
    public EffectTable {
        Map<Measure, List<Effect>> copy = new EnumMap<>(Measure.class);
        effects.forEach((measure, list) -> copy.put(measure, List.copyOf(list)));
        effects = Map.copyOf(copy);
    }

    /** Effects in the order of the experiment's activations. */
    public List<Effect> of(Measure measure) {
        return effects.getOrDefault(measure, List.of());
    }

    /** Whether any activation has this difference. */
    public boolean has(Measure measure) {
        return of(measure).stream().anyMatch(e -> e.difference().isPresent());
    }

    /** @throws IllegalArgumentException if the activation is not part of the experiment */
    public Effect of(Measure measure, Activation activation) {
        return of(measure).stream()
                .filter(e -> e.activation() == activation)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no effect for %s in %s − %s".formatted(activation.title(), treatment, baseline)));
    }
}
