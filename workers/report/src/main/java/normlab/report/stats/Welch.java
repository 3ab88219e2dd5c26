package normlab.report.stats;

import java.util.Collection;
import java.util.Optional;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Difference of the means of two independent samples whose variances may differ; Welch 1947. For samples that cannot be
 * paired.
 *
 * @param mean of the first sample minus that of the second
 * @param degreesOfFreedom degrees of freedom by Welch and Satterthwaite, 1 or more
 * @param error standard error of the difference
 * @param p two-sided
 */
public record Welch(double mean, double degreesOfFreedom, double error, double p) {
    /** 95 % t-interval of the difference. */
    public Interval interval() {
        double half = error * StudentT.critical(0.05, degreesOfFreedom);
        return new Interval(mean - half, mean + half);
    }

    /** Empty if a sample has fewer than two values or neither has any spread. */
    public static Optional<Welch> of(Collection<Double> first, Collection<Double> second) {
        Sample a = Sample.of(first);
        Sample b = Sample.of(second);
        if (a.sd().isEmpty() || b.sd().isEmpty()) {
            return Optional.empty();
        }
        double varianceA = squared(a.sd().getAsDouble()) / a.n();
        double varianceB = squared(b.sd().getAsDouble()) / b.n();
        double error = Math.sqrt(varianceA + varianceB);
        if (error <= PairedDifference.NO_SPREAD) {
            return Optional.empty();
        }
        double freedom =
                squared(varianceA + varianceB) / (squared(varianceA) / (a.n() - 1) + squared(varianceB) / (b.n() - 1));
        TDistribution student = new TDistribution(freedom);
        double mean = a.mean() - b.mean();
        double p = 2 * student.cumulativeProbability(-Math.abs(mean) / error);
        return Optional.of(new Welch(mean, freedom, error, p));
    }

    private static double squared(double value) {
        return value * value;
    }
}
