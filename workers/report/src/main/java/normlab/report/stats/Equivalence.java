package normlab.report.stats;

import static normlab.json.Checks.check;

import java.util.Collection;
import java.util.Optional;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Two one-sided t-tests (TOST; Schuirmann 1987) that paired differences have a mean within ± a margin. Not the
 * same as failing to show a difference: equivalence has to be shown.
 *
 * @param margin more than 0, in the unit of the differences
 * @param interval 90 % t-interval; it lies within the margin exactly where {@code p} is below 0.05
 * @param p the larger of the two one-sided p values
 */
public record Equivalence(double margin, Interval interval, double p) {
    /** Empty for fewer than two differences, or if all are equal, since no spread can be estimated from them. */
    public static Optional<Equivalence> of(Collection<Double> differences, double margin) {
        check(margin > 0, "margin is %s, expected more than 0", margin);
        Sample sample = Sample.of(differences);
        double sd = sample.sd().orElse(0);
        if (sd <= PairedDifference.NO_SPREAD) {
            return Optional.empty();
        }
        double error = sd / Math.sqrt(sample.n());
        TDistribution student = new TDistribution(sample.n() - 1);
        double above = 1 - student.cumulativeProbability((sample.mean() + margin) / error);
        double below = student.cumulativeProbability((sample.mean() - margin) / error);
        double half = error * student.inverseCumulativeProbability(0.95);
        Interval interval = new Interval(sample.mean() - half, sample.mean() + half);
        return Optional.of(new Equivalence(margin, interval, Math.max(above, below)));
    }
}
