package normlab.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.WeightInputs;
import normlab.report.campaign.TrialOutcome;

/** The inputs of weight layers at the end of training, from the first layer to the classifier; empty if none was probed. */
final class WeightInputFigures {
    private WeightInputFigures() {}

    static List<Figure> of(Analysis analysis, String prefix, String suffix) {
        List<Figure> figures = new ArrayList<>();
        for (WeightInputs quantity : WeightInputs.values()) {
            String title = quantity.title() + " of weight inputs";
            List<Panel> panels = Figures.panels(
                    analysis,
                    a -> Panel.byLayer(
                            a.title(), quantity.title(), Figures.curves(analysis, a, byLayer(analysis, quantity))));
            if (panels.stream().anyMatch(p -> !p.curves().isEmpty())) {
                figures.add(PanelFigure.figure(
                        prefix + "weight-inputs-" + quantity.word(), title + suffix, title + " by layer", panels));
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
