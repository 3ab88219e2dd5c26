package normlab.report.stats;

import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How soon runs of one length reached a level, those that did not being censored at its end.
 *
 * @param reached runs that reached it
 * @param runs all of them, 1 or more
 * @param median of the epochs it took; absent where no more than half of the runs reached it, as the median then lies
 *     beyond the end of training
 */
public record TimeToLevel(int reached, int runs, OptionalDouble median) {
    /** @param epochs of each run; empty for a run that did not reach the level */
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
