package normlab.report.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RankCorrelationTest {
    private static final List<Double> IQ = List.of(106.0, 100.0, 86.0, 101.0, 99.0, 103.0, 97.0, 113.0, 112.0, 110.0);
    private static final List<Double> HOURS = List.of(7.0, 27.0, 2.0, 50.0, 28.0, 29.0, 20.0, 12.0, 6.0, 17.0);

    /** The example of Wikipedia's article on Spearman's rank correlation: ρ = −29/165, p = 0.627188. */
    @Test
    void hoursOfTelevisionGiveThePublishedValue() {
        RankCorrelation found = RankCorrelation.of(IQ, HOURS).orElseThrow();
        assertThat(found.rho()).isCloseTo(-29 / 165.0, within(1e-12));
        assertThat(found.p()).isCloseTo(0.627188, within(1e-6));
        assertThat(found.interval().low()).isCloseTo(-0.7278300, within(1e-6));
        assertThat(found.interval().high()).isCloseTo(0.5145467, within(1e-6));
    }

    /** SciPy's manual, {@code spearmanr([1,2,3,4,5], [5,6,7,8,7])}: 0.8207826816681233, p = 0.08858700531354381. */
    @Test
    void tiesShareTheirRank() {
        RankCorrelation found = RankCorrelation.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0), List.of(5.0, 6.0, 7.0, 8.0, 7.0))
                .orElseThrow();
        assertThat(found.rho()).isCloseTo(0.8207826816681233, within(1e-12));
        assertThat(found.p()).isCloseTo(0.08858700531354381, within(1e-9));
    }

    @Test
    void equalRanksOfAFewCellsAreNotCertainty() {
        RankCorrelation found = RankCorrelation.of(List.of(1.0, 2.0, 3.0, 4.0), List.of(1.0, 2.0, 3.0, 4.0))
                .orElseThrow();
        assertThat(found.rho()).isEqualTo(1);
        assertThat(found.p()).isGreaterThan(0.05);
        assertThat(found.interval().low()).isLessThan(0);
    }

    @Test
    void threePairsOrNoSpreadGiveNoCorrelation() {
        assertThat(RankCorrelation.of(List.of(1.0, 2.0, 3.0), List.of(1.0, 2.0, 3.0)))
                .isEmpty();
        assertThat(RankCorrelation.of(List.of(1.0, 2.0, 3.0, 4.0), List.of(1.0, 1.0, 1.0, 1.0)))
                .isEmpty();
    }
}
