package normlab.report.stats;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hipparchus.distribution.continuous.TDistribution;

/** Student's t distribution, for tests and intervals. */
public final class StudentT {
    /** Finding a critical value is slow, and most campaigns need the same few. */
    private static final Map<Critical, Double> KNOWN = new ConcurrentHashMap<>();

    private record Critical(double level, int freedom) {}

    private StudentT() {}

    /**
     * The critical value: the statistic exceeds it in magnitude with this probability.
     *
     * @param level two-sided, in (0, 1): for example 0.05
     * @param freedom degrees of freedom, above 0
     */
    public static double critical(double level, double freedom) {
        return freedom == Math.rint(freedom) && freedom < 1000
                ? KNOWN.computeIfAbsent(new Critical(level, (int) freedom), c -> found(level, freedom))
                : found(level, freedom);
    }

    private static double found(double level, double freedom) {
        return new TDistribution(freedom).inverseCumulativeProbability(1 - level / 2);
    }
}
