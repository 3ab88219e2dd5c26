package normlab.report.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import normlab.experiment.Activation;
import normlab.report.campaign.TrialOutcome;
import normlab.report.stats.PairedDifference;
import normlab.report.stats.Sample;
import normlab.trial.ProbeRow;

/**
 * One reading of CBN under one activation, against plain BN and against BN at the same head.
 *
 * @param arm name of the reading's arm
 * @param sameHead name of the BN arm whose head has the same place, kind and c
 * @param running of what it says, with running statistics: the headline
 * @param precise the same with precise statistics; differences are absent where the experiment does not have them
 * @param lossAuc difference to plain BN
 * @param inputSecondMoment E[x²] of the weight inputs, mean over layers but the first and over seeds, at the last probe
 * @param curvature |λmax| of the Hessian, geometric mean over training and seeds
 * @param claimed what the abstract claims over BN, in points
 */
public record ReadingRow(
        String arm,
        Activation activation,
        Optional<String> sameHead,
        Evaluation running,
        Evaluation precise,
        Optional<PairedDifference> lossAuc,
        OptionalDouble inputSecondMoment,
        OptionalDouble curvature,
        OptionalDouble claimed) {
    /**
     * What one evaluation says.
     *
     * @param overBn difference to plain BN, in points
     * @param overSameHead difference to BN at the same head
     * @param gapClosed the share of plain BN's gap to ReLU that the reading closes; absent where BN has no such gap
     */
    public record Evaluation(
            Optional<PairedDifference> overBn, Optional<PairedDifference> overSameHead, OptionalDouble gapClosed) {}

    /** A smaller gap, in points, does not count as one. */
    private static final double GAP = 0.5;

    /** Every reading under every activation. Empty without plain BN. */
    public static List<ReadingRow> of(Analysis analysis, Map<Activation, Double> claimed) {
        List<ReadingRow> rows = new ArrayList<>();
        Optional<String> bn = analysis.arms().stream()
                .filter(a -> Arms.isPlainBn(analysis.arm(a)))
                .findFirst();
        for (String arm : analysis.arms()) {
            if (bn.isPresent() && Arms.isCbn(analysis.arm(arm))) {
                analysis.activations().forEach(a -> rows.add(row(analysis, arm, bn.get(), a, claimed)));
            }
        }
        return rows;
    }

    private static ReadingRow row(
            Analysis analysis, String arm, String bn, Activation activation, Map<Activation, Double> claimed) {
        Optional<String> sameHead = analysis.arms().stream()
                .filter(a -> Arms.isBnLike(analysis.arm(a), analysis.arm(arm)))
                .findFirst();
        Cell cell = analysis.cell(activation, arm);
        Double figure = claimed.get(activation);
        return new ReadingRow(
                arm,
                activation,
                sameHead,
                evaluation(analysis, Measure.ACCURACY, arm, bn, sameHead, activation),
                evaluation(analysis, Measure.PRECISE_ACCURACY, arm, bn, sameHead, activation),
                difference(analysis, Measure.AUC, arm, bn, activation),
                inputSecondMoment(cell),
                cell.sample(new ProbeAverage(ProbedEffect.CURVATURE, ProbedEffect.Scale.RAW))
                        .map(s -> OptionalDouble.of(Math.exp(s.mean())))
                        .orElse(OptionalDouble.empty()),
                figure == null ? OptionalDouble.empty() : OptionalDouble.of(figure));
    }

    private static Evaluation evaluation(
            Analysis analysis,
            Measure measure,
            String arm,
            String bn,
            Optional<String> sameHead,
            Activation activation) {
        return new Evaluation(
                difference(analysis, measure, arm, bn, activation),
                sameHead.flatMap(other -> difference(analysis, measure, arm, other, activation)),
                gapClosed(analysis, measure, arm, bn, activation));
    }

    private static Optional<PairedDifference> difference(
            Analysis analysis, Measure measure, String treatment, String baseline, Activation activation) {
        return PairedDifference.bySeed(
                analysis.cell(activation, treatment).values(measure),
                analysis.cell(activation, baseline).values(measure));
    }

    private static OptionalDouble gapClosed(
            Analysis analysis, Measure measure, String arm, String bn, Activation activation) {
        Optional<Sample> own = analysis.cell(activation, arm).sample(measure);
        Optional<Sample> baseline = analysis.cell(activation, bn).sample(measure);
        Optional<Sample> relu = analysis.cell(Activation.RELU, bn).sample(measure);
        if (own.isEmpty() || baseline.isEmpty() || relu.isEmpty()) {
            return OptionalDouble.empty();
        }
        double gap = relu.get().mean() - baseline.get().mean();
        return gap < GAP
                ? OptionalDouble.empty()
                : OptionalDouble.of((own.get().mean() - baseline.get().mean()) / gap);
    }

    private static OptionalDouble inputSecondMoment(Cell cell) {
        return cell.trials().stream()
                .map(TrialOutcome::probes)
                .filter(rows -> !rows.isEmpty())
                .map(List::getLast)
                .flatMapToDouble(row -> row.layers().entrySet().stream()
                        .filter(e -> !e.getKey().equals("conv1.weight"))
                        .map(Map.Entry::getValue)
                        .mapToDouble(ProbeRow.LayerState::inputSecondMoment))
                .filter(Double::isFinite)
                .average();
    }

    /** By how much the difference to plain BN exceeds what the abstract claims, in points. */
    public OptionalDouble beyondClaim() {
        return claimed.isPresent() && running.overBn().isPresent()
                ? OptionalDouble.of(running.overBn().get().mean() - claimed.getAsDouble())
                : OptionalDouble.empty();
    }
}
