package normlab.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import normlab.experiment.Activation;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.WeightInputs;
import normlab.report.campaign.TrialOutcome;

/** The inputs of weight layers at the end of training, from the first layer to the classifier; empty if none was probed. */
final class WeightInputFigures {
    private WeightInputFigures() {}

    static List<Figure> of(Analysis analysis, String prefix, String suffix) {
        List<Figure> figures = new ArrayList<>();
        for (WeightInputs quantity : WeightInputs.values()) {
            for (Activation activation : analysis.activations()) {
                List<Curve> curves = Figures.curves(analysis, activation, byLayer(analysis, quantity));
                if (curves.stream().anyMatch(c -> !c.points().isEmpty())) {
                    figures.add(CurveFigure.byLayer(
                            prefix + "%s-weight-inputs-%s".formatted(activation.word(), quantity.word()),
                            activation.title() + ": " + quantity.title() + " of weight inputs" + suffix,
                            quantity.title(),
                            curves));
                }
            }
        }
        return figures;
    }

    private static Function<TrialOutcome, Map<Double, Double>> byLayer(Analysis analysis, WeightInputs quantity) {
        List<String> layers = WeightInputs.layers(analysis.trials());
        return trial -> {
            Map<Double, Double> values = new TreeMap<>();
            for (int i = 0; i < layers.size(); i++) {
                double place = i + 1.0;
                quantity.of(trial, layers.get(i)).ifPresent(v -> values.put(place, v));
            }
            return values;
        };
    }
}
