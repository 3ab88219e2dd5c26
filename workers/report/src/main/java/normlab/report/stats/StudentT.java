package normlab.report.stats;

import org.hipparchus.distribution.continuous.TDistribution;

/** Student's t distribution, for tests and intervals. */
public final class StudentT {
    private StudentT() {}

    /**
     * The critical value: the statistic exceeds it in magnitude with this probability.
     *
     * @param level two-sided, in (0, 1): for example 0.05
     * @param freedom degrees of freedom, above 0
     */
    public static double critical(double level, double freedom) {
        return new TDistribution(freedom).inverseCumulativeProbability(1 - level / 2);
    }
}
