package normlab.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import normlab.experiment.Activation;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Chance;
import normlab.report.campaign.TrialOutcome;
import normlab.trial.JournalRow;

/** The figures of a report: final accuracies first, then for each activation loss and accuracy by epoch. */
public final class Figures {
    private Figures() {}

    /**
     * Why no figure can be drawn here, if so: a Java without fonts draws no text. Everything else of a report works
     * without figures.
     */
    public static Optional<String> problem() {
        return Drawing.problem();
    }

    /** @throws IllegalStateException if there is a {@link #problem()} */
    public static List<Figure> of(Analysis analysis) {
        problem().ifPresent(problem -> {
            throw new IllegalStateException(problem);
        });
        List<Figure> figures = new ArrayList<>();
        figures.add(DotFigure.of(analysis));
        for (Activation activation : analysis.activations()) {
            String name = activation.word();
            figures.add(CurveFigure.loss(
                    name + "-training-loss",
                    activation.title() + ": training loss",
                    curves(analysis, activation, byEpoch(JournalRow::trainLoss))));
            figures.add(CurveFigure.accuracy(
                    name + "-validation-accuracy",
                    activation.title() + ": validation accuracy",
                    curves(analysis, activation, byEpoch(r -> 100 * r.validationAccuracy())),
                    Chance.percent(analysis.campaign())));
        }
        figures.addAll(ProbeFigures.of(analysis));
        return figures;
    }

    private static Function<TrialOutcome, Map<Double, Double>> byEpoch(ToDoubleFunction<JournalRow> value) {
        return trial -> {
            Map<Double, Double> values = new TreeMap<>();
            trial.journal().forEach(r -> values.put((double) r.epoch(), value.applyAsDouble(r)));
            return values;
        };
    }

    static List<Curve> curves(
            Analysis analysis, Activation activation, Function<TrialOutcome, Map<Double, Double>> values) {
        List<Curve> curves = new ArrayList<>();
        for (int i = 0; i < analysis.arms().size(); i++) {
            String arm = analysis.arms().get(i);
            curves.add(Curve.of(
                    arm,
                    analysis.title(arm),
                    Style.of(i),
                    analysis.cell(activation, arm).trials(),
                    values));
        }
        return curves;
    }
}
