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

/** The figures of a report: final accuracies first, then for each activation loss and accuracy by epoch. */
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
            drawn.add(() -> Stream.of(ProfileFigure.of(analysis, prefix, suffix)));
            if (!findings.rates(analysis).isEmpty()) {
                drawn.add(() -> RateFigures.of(findings.rates(analysis), prefix, suffix).stream());
            }
            for (Activation activation : analysis.activations()) {
                drawn.add(() -> Stream.of(loss(analysis, activation, prefix, suffix)));
                drawn.add(() -> Stream.of(accuracy(analysis, activation, prefix, suffix)));
            }
            drawn.add(() -> ProbeFigures.of(analysis, prefix, suffix).stream());
            drawn.add(() -> WeightInputFigures.of(analysis, prefix, suffix).stream());
        }
        drawn.add(() -> TimelineFigure.of(findings.campaign()).stream());
        // In parallel, since drawing takes most of a report's time.
        return drawn.parallelStream().flatMap(Supplier::get).toList();
    }

    private static Figure loss(Analysis analysis, Activation activation, String prefix, String suffix) {
        return CurveFigure.loss(
                prefix + activation.word() + "-training-loss",
                activation.title() + ": training loss" + suffix,
                curves(analysis, activation, byEpoch(JournalRow::trainLoss)));
    }

    private static Figure accuracy(Analysis analysis, Activation activation, String prefix, String suffix) {
        return CurveFigure.accuracy(
                prefix + activation.word() + "-validation-accuracy",
                activation.title() + ": validation accuracy" + suffix,
                curves(analysis, activation, byEpoch(r -> 100 * r.validationAccuracy())),
                Chance.percent(analysis.campaign()));
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
