package normlab.report.stats;

import org.hipparchus.distribution.continuous.TDistribution;

/** Student's t distribution, as tests and intervals ask for it. */
public final class StudentT {
    private StudentT() {}

    /**
     * The statistic that is exceeded in magnitude with this chance.
     *
     * @param level two-sided, in (0, 1): for example 0.05
     * @param freedom degrees of it, above 0
     */
    public static double critical(double level, double freedom) {
        return new TDistribution(freedom).inverseCumulativeProbability(1 - level / 2);
    }
}
