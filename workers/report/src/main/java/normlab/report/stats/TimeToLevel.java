package normlab.report.stats;

import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How soon runs of equal length reached a level; runs that did not are censored at their end.
 *
 * @param reached number of runs that reached it
 * @param runs number of all runs, 1 or more
 * @param median median number of epochs; absent if no more than half of the runs reached the level, since the median
 *     then lies beyond the end of training
 */
public record TimeToLevel(int reached, int runs, OptionalDouble median) {
    /** @param epochs epochs that each run took; empty for a run that did not reach the level */
    public static TimeToLevel of(Collection<OptionalInt> epochs) {
        List<Double> sorted = epochs.stream()
                .map(e -> e.isPresent() ? (double) e.getAsInt() : Double.POSITIVE_INFINITY)
                .sorted()
                .toList();
        int runs = sorted.size();
        int reached = (int) sorted.stream().filter(Double::isFinite).count();
        double median = (sorted.get((runs - 1) / 2) + sorted.get(runs / 2)) / 2;
        return new TimeToLevel(
                reached, runs, Double.isFinite(median) ? OptionalDouble.of(median) : OptionalDouble.empty());
    }
}
