package normlab.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import normlab.experiment.Activation;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Measure;
import normlab.report.campaign.TrialOutcome;

/** Test accuracy by peak learning rate for each activation: how much depends on the rate. */
final class RateFigures {
    private RateFigures() {}

    /** @param rates analyses of one network, one per rate; two or more */
    static List<Figure> of(List<Analysis> rates, String prefix, String suffix) {
        Analysis first = rates.getFirst();
        List<Figure> figures = new ArrayList<>();
        for (Activation activation : first.activations()) {
            List<Curve> curves = new ArrayList<>();
            for (int i = 0; i < first.arms().size(); i++) {
                String arm = first.arms().get(i);
                List<TrialOutcome> trials = rates.stream()
                        .flatMap(r -> r.cell(activation, arm).trials().stream())
                        .toList();
                curves.add(Curve.of(arm, first.title(arm), Style.of(i), trials, RateFigures::accuracy));
            }
            figures.add(CurveFigure.byRate(
                    prefix + activation.word() + "-learning-rate",
                    activation.title() + ": test accuracy by peak learning rate" + suffix,
                    curves));
        }
        return figures;
    }

    /** A diverged trial counts at chance accuracy. */
    private static Map<Double, Double> accuracy(TrialOutcome trial) {
        OptionalDouble accuracy = Measure.ACCURACY.of(trial);
        return accuracy.isPresent() ? Map.of(trial.spec().recipe().learningRate(), accuracy.getAsDouble()) : Map.of();
    }
}
