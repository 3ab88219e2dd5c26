package normlab.report.stats;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.DoubleStream;

/** Share of runs that score more than a level, for a range of levels; Dolan and Moré 2002, Agarwal et al. 2021. */
public final class PerformanceProfile {
    private PerformanceProfile() {}

    /** One share in [0, 1] for each level, in their order. */
    public static List<Double> of(Collection<Double> scores, Collection<Double> levels) {
        double[] values = Sample.finite(scores);
        return levels.stream()
                .map(level ->
                        (double) DoubleStream.of(values).filter(v -> v > level).count() / values.length)
                .toList();
    }

    /**
     * Levels evenly spaced over all scores of all methods, so that their profiles share an axis.
     *
     * @param count the number of levels, 2 or more
     */
    public static List<Double> levels(Collection<Double> scores, int count) {
        double[] values = Sample.finite(scores);
        double low = Arrays.stream(values).min().orElseThrow();
        double high = Arrays.stream(values).max().orElseThrow();
        return DoubleStream.iterate(0, i -> i + 1)
                .limit(count)
                .map(i -> low + (high - low) * i / (count - 1))
                .boxed()
                .toList();
    }
}
