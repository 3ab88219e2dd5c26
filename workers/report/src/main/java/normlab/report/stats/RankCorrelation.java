package normlab.report.stats;

import static normlab.json.Checks.check;

import java.util.List;
import java.util.Optional;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.correlation.SpearmansCorrelation;

/**
 * Spearman's rank correlation.
 *
 * @param n the number of pairs
 * @param rho in [−1, 1]
 * @param interval 95 % interval, by Fisher's z with the standard error of Bonett and Wright (2000)
 * @param p two-sided p, by the t approximation
 */
public record RankCorrelation(int n, double rho, Interval interval, double p) {
    private static final int FEWEST = 4;
    private static final double NORMAL_975 = 1.959963984540054;

    /** Empty for fewer than four pairs, or if one side has no spread. */
    public static Optional<RankCorrelation> of(List<Double> first, List<Double> second) {
        check(first.size() == second.size(), "sizes are %s and %s, expected the same", first.size(), second.size());
        int n = first.size();
        if (n < FEWEST) {
            return Optional.empty();
        }
        double rho = new SpearmansCorrelation().correlation(Sample.finite(first), Sample.finite(second));
        return Double.isNaN(rho) ? Optional.empty() : Optional.of(of(n, rho));
    }

    private static RankCorrelation of(int n, double rho) {
        RankCorrelation bare = new RankCorrelation(n, rho, new Interval(rho, rho), 1);
        double bounded = bare.bounded();
        double z = 0.5 * Math.log((1 + bounded) / (1 - bounded));
        double half = NORMAL_975 * bare.error();
        double t = bounded * Math.sqrt((n - 2) / (1 - bounded * bounded));
        double p = 2 * new TDistribution(n - 2).cumulativeProbability(-Math.abs(t));
        Interval interval = new Interval(Math.min(rho, Math.tanh(z - half)), Math.max(rho, Math.tanh(z + half)));
        return new RankCorrelation(n, rho, interval, p);
    }

    /** Identical rankings would leave no uncertainty, so they get that of rankings with two neighbours swapped. */
    double bounded() {
        double swapped = 1 - 12.0 / (n * ((double) n * n - 1));
        return Math.copySign(Math.min(Math.abs(rho), swapped), rho);
    }

    /** Standard error of Fisher's z. */
    double error() {
        return Math.sqrt((1 + bounded() * bounded() / 2) / (n - 3));
    }
}
