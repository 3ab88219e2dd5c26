package normlab.report.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Spearman's rank correlation of pairs that fall into clusters: interval and test come from leaving out one cluster at a
 * time (the jackknife, with Fisher's z and Student's t), so that many alike pairs of one cluster count little more than
 * one. They are never narrower than those of independent pairs.
 *
 * @param rho in [−1, 1]
 * @param z Fisher's z of it
 * @param error standard error of z
 * @param freedom the number of clusters minus 1
 */
public record ClusteredCorrelation(double rho, double z, double error, int freedom) {
    private static final int FEWEST = 5;

    /**
     * Empty for fewer than five clusters, or if one side has no spread.
     *
     * @param clusters the cluster of each pair
     */
    public static Optional<ClusteredCorrelation> of(List<Double> first, List<Double> second, List<String> clusters) {
        List<String> distinct = clusters.stream().distinct().toList();
        Optional<RankCorrelation> all = RankCorrelation.of(first, second);
        if (distinct.size() < FEWEST || all.isEmpty()) {
            return Optional.empty();
        }
        List<Double> without = new ArrayList<>();
        for (String cluster : distinct) {
            Optional<RankCorrelation> rest =
                    RankCorrelation.of(others(first, clusters, cluster), others(second, clusters, cluster));
            if (rest.isEmpty()) {
                return Optional.empty();
            }
            without.add(z(rest.get().bounded()));
        }
        int count = distinct.size();
        Sample sample = Sample.of(without);
        double jackknife = sample.sd().orElseThrow() * (count - 1) / Math.sqrt(count);
        double error = Math.max(jackknife, all.get().error());
        return Optional.of(new ClusteredCorrelation(all.get().rho(), z(all.get().bounded()), error, count - 1));
    }

    /** Two-sided p of the test against 0. */
    public double p() {
        return 2 * new TDistribution(freedom).cumulativeProbability(-Math.abs(z) / error);
    }

    /** @param level two-sided, in (0, 1): 0.05 for a 95 % interval */
    public Interval interval(double level) {
        double half = error * StudentT.critical(level, freedom);
        return new Interval(Math.min(rho, Math.tanh(z - half)), Math.max(rho, Math.tanh(z + half)));
    }

    private static List<Double> others(List<Double> values, List<String> clusters, String left) {
        List<Double> others = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (!clusters.get(i).equals(left)) {
                others.add(values.get(i));
            }
        }
        return others;
    }

    private static double z(double rho) {
        return 0.5 * Math.log((1 + rho) / (1 - rho));
    }
}
