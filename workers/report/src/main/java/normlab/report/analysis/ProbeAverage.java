package normlab.report.analysis;

import java.util.List;
import java.util.OptionalDouble;
import normlab.report.analysis.ProbedEffect.Scale;
import normlab.report.campaign.TrialOutcome;
import normlab.trial.ProbeRow;
import normlab.trial.ProbeRow.Kind;

/**
 * The logarithm of a probed effect, averaged over the moments of training that the experiment names as fractions of its
 * steps, except the one before the first step. A difference of two such averages is the logarithm of a ratio. A trial
 * that lacks a value at any of these moments has no average, since trials are only compared at the same moments.
 */
public record ProbeAverage(ProbedEffect effect, Scale scale) implements Quantity {
    @Override
    public String title() {
        return effect.title() + ", " + scale.words();
    }

    @Override
    public String unit() {
        return "ln ratio";
    }

    @Override
    public boolean higherIsBetter() {
        return false;
    }

    @Override
    public boolean isLogarithm() {
        return true;
    }

    @Override
    public OptionalDouble of(TrialOutcome trial) {
        List<ProbeRow> rows = trial.probes().stream()
                .filter(r -> r.occasions().stream().anyMatch(ProbeAverage::duringTraining))
                .toList();
        long measured = rows.stream()
                .flatMap(r -> r.occasions().stream())
                .filter(ProbeAverage::duringTraining)
                .count();
        long named = trial.spec().probes().stream()
                .flatMap(p -> p.fractions().stream())
                .filter(f -> f > 0)
                .count();
        double sum = 0;
        for (ProbeRow row : rows) {
            OptionalDouble value = effect.of(row, scale);
            if (value.isEmpty()) {
                return OptionalDouble.empty();
            }
            sum += Math.log(value.getAsDouble());
        }
        return rows.isEmpty() || measured < named || trial.diverged()
                ? OptionalDouble.empty()
                : OptionalDouble.of(sum / rows.size());
    }

    private static boolean duringTraining(ProbeRow.Occasion occasion) {
        return occasion.kind() == Kind.FRACTION && occasion.value() > 0;
    }

    /** The logarithm at the first row where the training loss had reached a level; empty if it never did. */
    public OptionalDouble atLoss(TrialOutcome trial, double level) {
        return trial.probes().stream()
                .filter(r -> r.occasions().stream().anyMatch(o -> o.kind() == Kind.TRAINING_LOSS && o.value() == level))
                .map(r -> effect.of(r, scale))
                .filter(OptionalDouble::isPresent)
                .map(v -> OptionalDouble.of(Math.log(v.getAsDouble())))
                .findFirst()
                .orElse(OptionalDouble.empty());
    }
}
