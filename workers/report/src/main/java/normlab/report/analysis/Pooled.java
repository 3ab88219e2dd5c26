package normlab.report.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import normlab.experiment.Activation;
import normlab.report.stats.InterquartileMean;
import normlab.report.stats.Interval;
import normlab.report.stats.ProbabilityOfImprovement;
import normlab.report.stats.StratifiedBootstrap;

/** Test accuracies of all activations of one setting taken together, as Agarwal et al. (2021) do with tasks. */
public final class Pooled {
    private final Analysis analysis;

    public Pooled(Analysis analysis) {
        this.analysis = analysis;
    }

    /** @param interval 95 % interval from the stratified bootstrap */
    public record Estimate(double value, Interval interval) {}

    /** Interquartile mean over activations and seeds, in percent; empty if an activation has fewer than two values. */
    public Optional<Estimate> interquartileMean(String arm) {
        List<List<Double>> strata = new ArrayList<>();
        for (Activation activation : analysis.activations()) {
            strata.add(values(activation, arm));
        }
        return estimate(strata, Pooled::interquartileMean);
    }

    private static double interquartileMean(List<List<Double>> strata) {
        return InterquartileMean.of(strata.stream().flatMap(List::stream).toList());
    }

    /** The chance that a run of the treatment beats one of the baseline, averaged over activations. */
    public Optional<Estimate> probabilityOfImprovement(String treatment, String baseline) {
        List<List<Double>> strata = new ArrayList<>();
        for (Activation activation : analysis.activations()) {
            strata.add(values(activation, treatment));
            strata.add(values(activation, baseline));
        }
        return estimate(strata, Pooled::improvement);
    }

    private static double improvement(List<List<Double>> strata) {
        double sum = 0;
        for (int i = 0; i < strata.size(); i += 2) {
            sum += ProbabilityOfImprovement.of(strata.get(i), strata.get(i + 1));
        }
        return 2 * sum / strata.size();
    }

    private static Optional<Estimate> estimate(
            List<List<Double>> strata, ToDoubleFunction<List<List<Double>>> statistic) {
        return strata.stream().anyMatch(s -> s.size() < 2)
                ? Optional.empty()
                : Optional.of(new Estimate(
                        statistic.applyAsDouble(strata), StratifiedBootstrap.USUAL.interval(strata, statistic)));
    }

    private List<Double> values(Activation activation, String arm) {
        return List.copyOf(
                analysis.cell(activation, arm).values(Measure.ACCURACY).values());
    }
}
