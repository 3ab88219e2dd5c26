package normlab.report.stats;

import java.util.Collection;
import java.util.OptionalDouble;

/**
 * Fisher's exact test of paired differences: the share of the 2ⁿ sign assignments whose sum is at least as far from
 * zero as the observed one.
 */
final class SignFlip {
    /** With more pairs than this, the 2ⁿ sums are not enumerated. */
    static final int LARGEST = 20;

    private SignFlip() {}

    /**
     * Two-sided p value, never below 2/2ⁿ; absent for fewer than two pairs or more than {@link #LARGEST}.
     *
     * @throws IllegalArgumentException if a difference is not finite
     */
    static OptionalDouble p(Collection<Double> differences) {
        if (differences.size() < 2 || differences.size() > LARGEST) {
            return OptionalDouble.empty();
        }
        double[] values = Sample.finite(differences);
        double observed = 0;
        double size = 0;
        for (double value : values) {
            observed += value;
            size += Math.abs(value);
        }
        // Sums that are mathematically equal differ by rounding, and an equal sum counts as at least as far.
        double threshold = Math.abs(observed) - 1e-12 * size;
        return OptionalDouble.of((double) countAtLeast(values, threshold) / (1L << values.length));
    }

    private static long countAtLeast(double[] values, double threshold) {
        long count = 0;
        for (long signs = 0; signs < 1L << values.length; signs++) {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += (signs >> i & 1) == 0 ? values[i] : -values[i];
            }
            if (Math.abs(sum) >= threshold) {
                count++;
            }
        }
        return count;
    }
}
