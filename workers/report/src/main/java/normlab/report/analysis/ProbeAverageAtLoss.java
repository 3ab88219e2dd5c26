package normlab.report.analysis;

import java.util.List;
import java.util.OptionalDouble;
import normlab.experiment.Probes;
import normlab.report.analysis.ProbedEffect.Scale;
import normlab.report.campaign.TrialOutcome;

/**
 * The logarithm of a probed effect's average over the levels of the training loss that the experiment names, each when it was
 * first reached. Beside {@link ProbeAverage} it tells an effect of the method from one of being further ahead. A trial that
 * did not reach every level has no average.
 */
public record ProbeAverageAtLoss(ProbedEffect effect, Scale scale) implements Quantity {
    @Override
    public String title() {
        return effect.title() + ", " + scale.words() + ", at equal training loss";
    }

    @Override
    public String unit() {
        return "ln ratio";
    }

    @Override
    public boolean isLogarithm() {
        return true;
    }

    @Override
    public boolean higherIsBetter() {
        return false;
    }

    @Override
    public OptionalDouble of(TrialOutcome trial) {
        ProbeAverage probe = new ProbeAverage(effect, scale);
        List<Double> levels = trial.spec().probes().map(Probes::trainingLosses).orElse(List.of());
        return trial.diverged()
                ? OptionalDouble.empty()
                : effect.logOfAverage(
                        levels.stream().map(l -> probe.valueAtLoss(trial, l)).toList());
    }
}
