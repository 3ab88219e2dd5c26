package normlab.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import normlab.experiment.Activation;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Chance;
import normlab.report.campaign.TrialOutcome;
import normlab.report.claim.Findings;
import normlab.trial.JournalRow;

/** The figures of a report: final accuracies first, then loss and accuracy by epoch with a panel for each activation. */
public final class Figures {
    private Figures() {}

    /**
     * Why no figures can be drawn here, if that is so: Java cannot draw text without fonts. The rest of a report works
     * without figures.
     */
    public static Optional<String> problem() {
        return Drawing.problem();
    }

    /**
     * All figures, network by network. If a campaign has several networks, names begin with the network.
     *
     * @throws IllegalStateException if there is a {@link #problem()}
     */
    public static List<Figure> of(Findings findings) {
        problem().ifPresent(problem -> {
            throw new IllegalStateException(problem);
        });
        boolean several = findings.decisive().size() > 1;
        List<Supplier<Stream<Figure>>> drawn = new ArrayList<>();
        for (Analysis analysis : findings.decisive()) {
            String network = analysis.setting().network();
            String prefix = several ? network + "-" : "";
            String suffix = several ? ", " + network : "";
            drawn.add(() -> Stream.of(DotFigure.of(analysis, prefix, suffix)));
            drawn.add(() -> ReadingFigure.of(analysis, findings.readings(analysis), prefix).stream());
            drawn.add(() -> Stream.of(ProfileFigure.of(analysis, prefix, suffix)));
            if (!findings.rates(analysis).isEmpty()) {
                drawn.add(() -> Stream.of(RateFigures.of(findings.rates(analysis), prefix, suffix)));
            }
            drawn.add(() -> Stream.of(loss(analysis, prefix, suffix)));
            drawn.add(() -> Stream.of(accuracy(analysis, prefix, suffix)));
            drawn.add(() -> ProbeFigures.of(analysis, prefix, suffix).stream());
            drawn.add(() -> WeightInputFigures.of(analysis, prefix, suffix).stream());
        }
        drawn.add(() -> TimelineFigure.of(findings.campaign()).stream());
        // In parallel, since drawing takes most of a report's time.
        return drawn.parallelStream().flatMap(Supplier::get).toList();
    }

    private static Figure loss(Analysis analysis, String prefix, String suffix) {
        return PanelFigure.figure(
                prefix + "training-loss",
                "Training loss by epoch" + suffix,
                "training loss by epoch",
                panels(analysis, a -> Panel.loss(a.title(), curves(analysis, a, byEpoch(JournalRow::trainLoss)))));
    }

    private static Figure accuracy(Analysis analysis, String prefix, String suffix) {
        double chance = Chance.percent(analysis.campaign());
        return PanelFigure.figure(
                prefix + "validation-accuracy",
                "Validation accuracy by epoch" + suffix,
                "validation accuracy by epoch",
                panels(
                        analysis,
                        a -> Panel.accuracy(
                                a.title(),
                                Stream.concat(
                                                curves(analysis, a, byEpoch(r -> 100 * r.validationAccuracy()))
                                                        .stream(),
                                                precise(analysis, a).stream())
                                        .toList(),
                                chance)));
    }

    /** Where the experiment also evaluates with precise statistics: a second, dotted line for each arm. */
    private static List<Curve> precise(Analysis analysis, Activation activation) {
        return curves(
                        analysis,
                        activation,
                        byEpoch(r -> 100 * r.preciseAccuracy().orElse(Double.NaN)))
                .stream()
                .map(Curve::precise)
                .toList();
    }

    static List<Panel> panels(Analysis analysis, Function<Activation, Panel> panel) {
        return analysis.activations().stream().map(panel).toList();
    }

    /** Leaves out diverged trials: they stop early, and the mean would jump at that point. */
    static boolean complete(TrialOutcome trial) {
        return !trial.diverged() && !trial.failed();
    }

    private static Function<TrialOutcome, Map<Double, Double>> byEpoch(ToDoubleFunction<JournalRow> value) {
        return trial -> {
            Map<Double, Double> values = new TreeMap<>();
            trial.journal().stream()
                    .filter(r -> complete(trial))
                    .forEach(r -> values.put((double) r.epoch(), value.applyAsDouble(r)));
            return values;
        };
    }

    static List<Curve> curves(
            Analysis analysis, Activation activation, Function<TrialOutcome, Map<Double, Double>> values) {
        return analysis.arms().stream()
                .map(arm -> Curve.of(
                        analysis.title(arm),
                        Style.of(analysis.arm(arm)),
                        analysis.cell(activation, arm).trials(),
                        values))
                .toList();
    }
}
