package normlab.report.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import normlab.experiment.Comparison;
import normlab.experiment.Experiment;
import normlab.experiment.StoppingRule;
import normlab.report.format.Numbers;
import normlab.report.stats.PairedDifference;

/**
 * How close a campaign is to meeting its {@link StoppingRule}.
 *
 * @param seeds number of seeds that both arms share
 * @param widest the largest half-width of all cells, in points; infinite if a cell has too few pairs for an interval
 * @param cell the cell with that half-width
 */
public record Precision(StoppingRule rule, int seeds, double widest, String cell) {
    private static final int FEWEST = 2;

    /**
     * Empty if the experiment has no rule.
     *
     * @param decisive one analysis per network: those that claims are judged by
     */
    public static Optional<Precision> of(List<Analysis> decisive) {
        Experiment experiment = decisive.getFirst().campaign().experiment();
        return experiment.stoppingRule().map(rule -> {
            Width widest = widths(decisive, rule).stream()
                    .max(Comparator.comparingDouble(Width::points))
                    .orElseThrow();
            return new Precision(rule, experiment.sharedSeeds().size(), widest.points(), widest.cell());
        });
    }

    private record Width(String cell, double points) {}

    private static List<Width> widths(List<Analysis> analyses, StoppingRule rule) {
        Comparison comparison = new Comparison(rule.treatment(), rule.baseline(), "");
        List<Width> widths = new ArrayList<>();
        for (Analysis analysis : analyses) {
            String network = analyses.size() > 1 ? analysis.setting().network() + ", " : "";
            analysis.compare(comparison)
                    .of(Measure.ACCURACY)
                    .forEach(effect -> widths.add(
                            new Width(network + effect.activation().title(), halfWidth(effect.difference()))));
        }
        return widths;
    }

    private static double halfWidth(Optional<PairedDifference> difference) {
        int pairs = difference.map(PairedDifference::n).orElse(0);
        double withoutInterval = pairs < FEWEST ? Double.POSITIVE_INFINITY : 0;
        return difference
                .flatMap(PairedDifference::interval)
                .map(i -> (i.high() - i.low()) / 2)
                .orElse(withoutInterval);
    }

    /** Whether every interval is narrow enough. */
    public boolean met() {
        return widest <= rule.halfWidth();
    }

    /**
     * How many seeds the arms should share next: as many as the spread found so far requires, at most twice the
     * current number, since the spread of a few seeds is a poor estimate. Empty if the rule is met or no seeds are left.
     */
    public OptionalInt next() {
        if (met() || seeds >= rule.mostSeeds()) {
            return OptionalInt.empty();
        }
        double wanted = Math.ceil(seeds * Math.pow(widest / rule.halfWidth(), 2));
        double bounded = Math.clamp(wanted, Math.max(FEWEST, seeds + 1), Math.max(FEWEST, 2 * seeds));
        return OptionalInt.of((int) Math.min(bounded, rule.mostSeeds()));
    }

    /** States the rule, how close the campaign is to meeting it, and how the rule affects the intervals. */
    public String sentence() {
        return ("Stopping rule: seeds are added until the 95 %% interval of %s − %s in test accuracy is within ±%s points"
                        + " in every cell, or both arms share %d seeds. At %s %s; %s. The rule looks only at widths;"
                        + " intervals found this way cover slightly less than stated.")
                .formatted(
                        rule.treatment(),
                        rule.baseline(),
                        Numbers.plain(rule.halfWidth()),
                        rule.mostSeeds(),
                        Numbers.count(seeds, "seed"),
                        found(),
                        standing());
    }

    private String found() {
        return Double.isFinite(widest)
                ? "the widest is ±%s (%s)".formatted(Numbers.fixed(widest, 2), cell)
                : "%s has too few pairs for an interval".formatted(cell);
    }

    private String standing() {
        if (met()) {
            return "the rule is met";
        }
        return next().isPresent()
                ? "the next campaign has %d".formatted(next().getAsInt())
                : "no seeds are left, and the rule is not met";
    }
}
