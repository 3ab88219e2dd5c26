package normlab.report.figure;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import normlab.experiment.Activation;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Measure;
import normlab.report.campaign.TrialOutcome;
import org.jfree.chart.axis.NumberAxis;

/** Test accuracy by peak learning rate for each activation: how much depends on the rate. */
final class RateFigures {
    private RateFigures() {}

    /** @param rates analyses of one network, one per rate; two or more */
    static Figure of(List<Analysis> rates, String prefix, String suffix) {
        return PanelFigure.figure(
                prefix + "learning-rate",
                "Test accuracy by peak learning rate" + suffix,
                "test accuracy by peak learning rate",
                Figures.panels(rates.getFirst(), a -> panel(rates, a)));
    }

    private static Panel panel(List<Analysis> rates, Activation activation) {
        Analysis first = rates.getFirst();
        List<Curve> curves = first.arms().stream()
                .map(arm -> Curve.of(
                        first.title(arm),
                        Style.of(first.arm(arm)),
                        rates.stream()
                                .flatMap(r -> r.cell(activation, arm).trials().stream())
                                .toList(),
                        RateFigures::accuracy))
                .toList();
        return Panel.of(
                activation.title(), curves, new NumberAxis("test accuracy, %"), new LossAxis("peak learning rate"));
    }

    /** A diverged trial counts at chance accuracy. */
    private static Map<Double, Double> accuracy(TrialOutcome trial) {
        OptionalDouble accuracy = Measure.ACCURACY.of(trial);
        return accuracy.isPresent() ? Map.of(trial.spec().recipe().learningRate(), accuracy.getAsDouble()) : Map.of();
    }
}
