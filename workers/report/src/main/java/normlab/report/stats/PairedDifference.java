package normlab.report.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Mean of paired differences, treatment minus baseline.
 *
 * @param n the number of pairs
 * @param interval 95 % t-interval, not corrected for multiplicity; absent for fewer than two pairs, or if all
 *     differences are equal, since no spread can be estimated from them
 * @param p two-sided p of the paired t-test; absent if the interval is
 * @param signFlipP two-sided exact p; see {@link SignFlip}
 */
public record PairedDifference(
        int n, double mean, Optional<Interval> interval, OptionalDouble p, OptionalDouble signFlipP) {
    private static final double LEVEL = 0.95;
    /** Standard deviations up to this value are rounding errors. */
    static final double NO_SPREAD = 1e-12;

    /** Pairs values of equal seeds; seeds that only one side has are left out. Empty if no seeds are shared. */
    public static Optional<PairedDifference> bySeed(Map<Long, Double> treatment, Map<Long, Double> baseline) {
        List<Double> differences = new ArrayList<>();
        treatment.forEach((seed, value) -> {
            Double other = baseline.get(seed);
            if (other != null) {
                differences.add(value - other);
            }
        });
        return differences.isEmpty() ? Optional.empty() : Optional.of(of(differences));
    }

    /** @throws IllegalArgumentException if there are no differences or one is not finite */
    public static PairedDifference of(List<Double> differences) {
        Sample sample = Sample.of(differences);
        OptionalDouble flip = SignFlip.p(differences);
        double sd = sample.sd().orElse(0);
        if (sd <= NO_SPREAD) {
            return new PairedDifference(sample.n(), sample.mean(), Optional.empty(), OptionalDouble.empty(), flip);
        }
        TDistribution student = new TDistribution(sample.n() - 1);
        double error = sd / Math.sqrt(sample.n());
        double half = error * StudentT.critical(1 - LEVEL, sample.n() - 1);
        double p = 2 * student.cumulativeProbability(-Math.abs(sample.mean()) / error);
        Interval interval = new Interval(sample.mean() - half, sample.mean() + half);
        return new PairedDifference(sample.n(), sample.mean(), Optional.of(interval), OptionalDouble.of(p), flip);
    }
}
