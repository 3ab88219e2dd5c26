package normlab.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import normlab.report.campaign.TrialOutcome;
import normlab.report.stats.Sample;

/**
 * A quantity by epoch or something else, over the seeds of one arm.
 *
 * @param arm name of the arm
 * @param style of the arm, the same in every figure
 * @param offScale whether the axis may leave it out
 * @param points by epoch, say; without those where no seed has a finite value
 */
record Curve(String arm, String title, Style style, TreeMap<Double, Sample> points, boolean offScale) {
    /** @param values of a trial, by what the axis shows, such as the epoch; what is not finite is left out */
    static Curve of(
            String arm,
            String title,
            Style style,
            List<TrialOutcome> trials,
            Function<TrialOutcome, Map<Double, Double>> values) {
        TreeMap<Double, List<Double>> byX = new TreeMap<>();
        for (TrialOutcome trial : trials) {
            values.apply(trial).forEach((x, found) -> {
                if (Double.isFinite(found)) {
                    byX.computeIfAbsent(x, e -> new ArrayList<>()).add(found);
                }
            });
        }
        TreeMap<Double, Sample> points = new TreeMap<>();
        byX.forEach((x, found) -> points.put(x, Sample.of(found)));
        return new Curve(arm, title, style, points, false);
    }

    /** The same, but the axis need not reach down to it, as an arrow at its name says. */
    Curve belowScale() {
        return new Curve(arm, "↓ " + title, style, points, true);
    }

    double last() {
        return points.lastEntry().getValue().mean();
    }
}
