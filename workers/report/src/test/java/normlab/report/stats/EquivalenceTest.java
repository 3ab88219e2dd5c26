package normlab.report.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EquivalenceTest {
    private static final List<Double> SLEEP = IntStream.range(0, 10)
            .mapToObj(i -> WelchTest.GROUP_2.get(i) - WelchTest.GROUP_1.get(i))
            .toList();

    /** statsmodels 0.15.0, {@code ttost_paired(group2, group1, -2.5, 2.5)}; interval by SciPy 1.17.1. */
    @Test
    void theSleepDataAgreeWithStatsmodels() {
        Equivalence within = Equivalence.of(SLEEP, 2.5).orElseThrow();
        assertThat(within.p()).isCloseTo(0.021116860246500745, within(1e-12));
        assertThat(within.interval().low()).isCloseTo(0.86699473, within(1e-8));
        assertThat(within.interval().high()).isCloseTo(2.29300527, within(1e-8));
    }

    @Test
    void equivalenceIsNotShownIfTheIntervalCrossesTheMargin() {
        assertThat(Equivalence.of(SLEEP, 2.0).orElseThrow().p()).isGreaterThan(0.05);
    }

    @Test
    void oneDifferenceShowsNothingAndAMarginMustBePositive() {
        assertThat(Equivalence.of(List.of(0.0), 1)).isEmpty();
        assertThatThrownBy(() -> Equivalence.of(SLEEP, 0)).hasMessageContaining("margin is 0.0");
    }
}
