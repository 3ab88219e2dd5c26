package normlab.report.stats;

import static normlab.json.Checks.check;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Percentile intervals for a statistic over several strata, such as activations, each with its own runs; Agarwal et al.
 * 2021. Runs are resampled within each stratum. For a single stratum with few seeds the interval would be too narrow,
 * so use it only for statistics that pool many strata.
 *
 * @param draws number of draws, 1 or more
 * @param seed seed of the draws: the same seed gives the same interval
 */
public record StratifiedBootstrap(int draws, long seed) {
    /** Enough draws for two digits of a 95 % interval. */
    public static final StratifiedBootstrap USUAL = new StratifiedBootstrap(10_000, 0);

    public StratifiedBootstrap {
        check(draws >= 1, "draws is %s, expected 1 or more", draws);
    }

    /**
     * 95 % interval.
     *
     * @param strata each with at least one run
     * @param statistic a function of strata of the same shape
     */
    public <T> Interval interval(List<List<T>> strata, ToDoubleFunction<List<List<T>>> statistic) {
        check(!strata.isEmpty() && strata.stream().noneMatch(List::isEmpty), "a stratum is empty, or there is none");
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = IntStream.range(0, draws)
                .mapToDouble(i -> statistic.applyAsDouble(
                        strata.stream().map(s -> drawn(s, random)).toList()))
                .toArray();
        Arrays.sort(values);
        return new Interval(quantile(values, 0.025), quantile(values, 0.975));
    }

    private static <T> List<T> drawn(List<T> stratum, SplittableRandom random) {
        return IntStream.range(0, stratum.size())
                .mapToObj(i -> stratum.get(random.nextInt(stratum.size())))
                .toList();
    }

    /** A quantile by linear interpolation between order statistics, R's type 7. */
    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
