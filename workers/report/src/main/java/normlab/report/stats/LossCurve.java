package normlab.report.stats;

import static normlab.json.Checks.check;

import java.util.List;
import java.util.OptionalInt;

/**
 * The complete training loss by epoch, as a measure of speed.
 *
 * @param losses the losses from epoch 1 on, each above 0 and finite
 */
public record LossCurve(List<Double> losses) {
    public LossCurve {
        check(!losses.isEmpty(), "a loss curve has no epochs, expected at least one");
        check(
                losses.stream().allMatch(l -> l > 0 && Double.isFinite(l)),
                "losses %s: expected finite numbers above 0",
                losses);
        losses = List.copyOf(losses);
    }

    /** Mean over epochs of ln(loss), which weighs late and early improvements equally: lower is faster. */
    public double logAuc() {
        return losses.stream().mapToDouble(Math::log).average().orElseThrow();
    }

    /** The first epoch whose loss is at most the level; empty if training ended before the level was reached. */
    public OptionalInt epochsTo(double level) {
        for (int epoch = 1; epoch <= losses.size(); epoch++) {
            if (losses.get(epoch - 1) <= level) {
                return OptionalInt.of(epoch);
            }
        }
        return OptionalInt.empty();
    }
}
