package normlab.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import normlab.report.campaign.TrialOutcome;
import normlab.report.stats.Sample;

/**
 * A quantity by epoch, or by another variable, over the seeds of one arm.
 *
 * @param title name in the legend
 * @param style the style of the arm, the same in every figure
 * @param points points by epoch, for example, except where no seed has a finite value
 * @param offScale whether the axis may leave the curve out
 */
record Curve(String title, Style style, TreeMap<Double, Sample> points, boolean offScale) {
    /** @param values values of a trial by the axis variable, such as the epoch; non-finite values are left out */
    static Curve of(
            String title, Style style, List<TrialOutcome> trials, Function<TrialOutcome, Map<Double, Double>> values) {
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
        return new Curve(title, style, points, false);
    }

    /** The same curve, below the axis: the panel names it with its last value instead of reaching down to it. */
    Curve belowScale() {
        return new Curve(title, style, points, true);
    }

    /** The same arm under the second evaluation. */
    Curve precise() {
        return new Curve(title + ", precise statistics", style.dotted(), points, offScale);
    }

    double last() {
        return points.lastEntry().getValue().mean();
    }
}
