package normlab.report.analysis;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import normlab.experiment.Activation;
import normlab.report.campaign.TrialOutcome;
import normlab.report.stats.LossCurve;
import normlab.report.stats.TimeToLevel;
import normlab.trial.JournalRow;

/** How soon the training loss reaches a level; runs that never reach it are censored at their end. */
public final class Speed {
    /** The levels, in nats, that are reported for every campaign. */
    public static final List<Double> LEVELS = List.of(1.0, 0.5, 0.1);

    private Speed() {}

    /** Empty if the cell has no complete trial. */
    public static Optional<TimeToLevel> to(double level, Cell cell) {
        List<OptionalInt> epochs = cell.trials().stream()
                .filter(t -> !t.failed())
                .map(t -> epochs(t, level))
                .toList();
        return epochs.isEmpty() ? Optional.empty() : Optional.of(TimeToLevel.of(epochs));
    }

    /** A diverged trial counts as having reached the levels before its divergence. */
    private static OptionalInt epochs(TrialOutcome trial, double level) {
        List<Double> losses = trial.journal().stream()
                .map(JournalRow::trainLoss)
                .takeWhile(l -> Double.isFinite(l) && l > 0)
                .toList();
        return losses.isEmpty() ? OptionalInt.empty() : new LossCurve(losses).epochsTo(level);
    }

    /** BN's final loss: the mean last-epoch training loss of the headline's baseline under an activation. */
    public static OptionalDouble whereBnEnds(Analysis analysis, Activation activation) {
        return analysis.headline().stream()
                .flatMap(h -> analysis.cell(activation, h.baseline()).trials().stream())
                .filter(t -> !t.failed() && !t.diverged() && !t.journal().isEmpty())
                .mapToDouble(t -> t.journal().getLast().trainLoss())
                .filter(Double::isFinite)
                .average();
    }
}
