package normlab.report.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PooledStatisticsTest {
    /** SciPy 1.17.1, {@code trim_mean(x, 0.25)}. */
    @Test
    void theInterquartileMeanLeavesOutAQuarterAtEachEnd() {
        assertThat(InterquartileMean.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 100.0)))
                .isEqualTo(5.5);
        assertThat(InterquartileMean.of(List.of(3.0, 1.0, 2.0))).isEqualTo(2.0);
    }

    /** Resampling ten ones out of twenty is binomial: {@code qbinom(c(.025, .975), 20, .5)} gives 6 and 14. */
    @Test
    void theBootstrapOfAShareIsBinomial() {
        List<Double> stratum = Stream.concat(
                        Collections.nCopies(10, 0.0).stream(), Collections.nCopies(10, 1.0).stream())
                .toList();
        Interval interval = new StratifiedBootstrap(5_000, 1).interval(List.of(stratum), PooledStatisticsTest::mean);
        assertThat(interval).isEqualTo(new Interval(0.3, 0.7));
    }

    @Test
    void theBootstrapKeepsStrataApart() {
        List<List<Double>> strata = List.of(List.of(0.0, 0.0, 0.0), List.of(10.0, 10.0, 10.0));
        assertThat(new StratifiedBootstrap(100, 1).interval(strata, PooledStatisticsTest::mean))
                .isEqualTo(new Interval(5, 5));
    }

    @Test
    void theBootstrapIsDeterministic() {
        List<List<Double>> strata = List.of(List.of(1.0, 2.0, 4.0), List.of(3.0, 9.0));
        StratifiedBootstrap bootstrap = new StratifiedBootstrap(500, 7);
        assertThat(bootstrap.interval(strata, PooledStatisticsTest::mean))
                .isEqualTo(bootstrap.interval(strata, PooledStatisticsTest::mean));
    }

    /** SciPy 1.17.1, {@code mannwhitneyu(group2, group1).statistic / 100} for Student's sleep data. */
    @Test
    void theProbabilityOfImprovementIsMannWhitneysUByPairs() {
        assertThat(ProbabilityOfImprovement.of(WelchTest.GROUP_2, WelchTest.GROUP_1))
                .isCloseTo(0.745, within(1e-12));
        assertThat(ProbabilityOfImprovement.of(List.of(1.0), List.of(1.0))).isEqualTo(0.5);
    }

    @Test
    void aProfileFallsFromAllToNone() {
        List<Double> scores = List.of(10.0, 20.0, 20.0, 50.0);
        List<Double> levels = PerformanceProfile.levels(scores, 5);
        assertThat(levels).containsExactly(10.0, 20.0, 30.0, 40.0, 50.0);
        assertThat(PerformanceProfile.of(scores, levels)).containsExactly(0.75, 0.25, 0.25, 0.25, 0.0);
    }

    private static double mean(List<List<Double>> strata) {
        return strata.stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }
}
