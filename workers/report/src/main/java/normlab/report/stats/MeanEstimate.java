package normlab.report.stats;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * A mean and how well it is known, from one sample or pooled over several.
 *
 * @param n size of the sample, or of the smallest of several
 * @param spread standard deviation, or for several samples that of a sample of {@code n} with the same standard error
 * @param freedom degrees of freedom; for several samples by Welch and Satterthwaite
 */
public record MeanEstimate(int n, double mean, double spread, double freedom) {
    /** Empty for fewer than two values, or if all are equal, since no spread can be estimated from them. */
    public static Optional<MeanEstimate> of(Collection<Double> values) {
        if (values.size() < 2) {
            return Optional.empty();
        }
        Sample sample = Sample.of(values);
        double sd = sample.sd().orElse(0);
        return sd <= PairedDifference.NO_SPREAD
                ? Optional.empty()
                : Optional.of(new MeanEstimate(sample.n(), sample.mean(), sd, sample.n() - 1));
    }

    /** The mean of the means, each of the same weight. */
    public static MeanEstimate pooled(List<MeanEstimate> means) {
        if (means.size() == 1) {
            return means.getFirst();
        }
        double k = means.size();
        double mean = means.stream().mapToDouble(MeanEstimate::mean).average().orElseThrow();
        double variance = 0;
        double denominator = 0;
        for (MeanEstimate one : means) {
            double part = one.error() * one.error() / (k * k);
            variance += part;
            denominator += part * part / one.freedom;
        }
        int n = means.stream().mapToInt(MeanEstimate::n).min().orElseThrow();
        return new MeanEstimate(n, mean, Math.sqrt(variance * n), variance * variance / denominator);
    }

    public double error() {
        return spread / Math.sqrt(n);
    }

    /** Two-sided p of the t-test against a value. */
    public double p(double value) {
        return 2 * new TDistribution(freedom).cumulativeProbability(-Math.abs(mean - value) / error());
    }

    /** t-interval.
     *
     * @param level two-sided, in (0, 1): 0.05 for a 95 % interval
     */
    public Interval interval(double level) {
        double half = error() * StudentT.critical(level, freedom);
        return new Interval(mean - half, mean + half);
    }
}
