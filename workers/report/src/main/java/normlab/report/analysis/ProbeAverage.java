package normlab.report.analysis;

import java.util.List;
import java.util.OptionalDouble;
import normlab.report.analysis.ProbedEffect.Scale;
import normlab.report.campaign.TrialOutcome;
import normlab.trial.ProbeRow;
import normlab.trial.ProbeRow.Kind;

/**
 * The logarithm of a probed effect's average over the moments of training that the experiment names as fractions of its
 * steps, except the one before the first step. A difference of two such logarithms is that of a ratio. A trial that lacks
 * a value at any of these moments has no average, since trials are only compared at the same moments. Which average, and
 * what becomes of estimates of 0 or less, {@link ProbedEffect#logOfAverage} says.
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
        return measured < named || trial.diverged()
                ? OptionalDouble.empty()
                : effect.logOfAverage(
                        rows.stream().map(row -> effect.of(row, scale)).toList());
    }

    private static boolean duringTraining(ProbeRow.Occasion occasion) {
        return occasion.kind() == Kind.FRACTION && occasion.value() > 0;
    }

    /** The logarithm at the first row where the training loss had reached a level; empty if it never did. */
    public OptionalDouble atLoss(TrialOutcome trial, double level) {
        return effect.logOfAverage(List.of(valueAtLoss(trial, level)));
    }

    OptionalDouble valueAtLoss(TrialOutcome trial, double level) {
        return trial.probes().stream()
                .filter(r -> r.occasions().stream().anyMatch(o -> o.kind() == Kind.TRAINING_LOSS && o.value() == level))
                .map(r -> effect.of(r, scale))
                .filter(OptionalDouble::isPresent)
                .findFirst()
                .orElse(OptionalDouble.empty());
    }
}
