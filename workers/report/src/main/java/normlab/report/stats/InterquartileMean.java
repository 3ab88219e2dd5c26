package normlab.report.stats;

import java.util.Arrays;
import java.util.Collection;

/** Mean of the middle half of the values: a quarter, rounded down, is left out at each end. */
public final class InterquartileMean {
    private InterquartileMean() {}

    /** @throws IllegalArgumentException if there are no values or one is not finite */
    public static double of(Collection<Double> values) {
        double[] sorted = Sample.finite(values);
        Arrays.sort(sorted);
        int cut = sorted.length / 4;
        return Arrays.stream(sorted, cut, sorted.length - cut).average().orElseThrow();
    }
}
