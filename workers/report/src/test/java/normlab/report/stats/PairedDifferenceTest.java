package normlab.report.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PairedDifferenceTest {
    /** Student 1908, extra hours of sleep; in R {@code sleep}, printed by {@code t.test(..., paired = TRUE)}. */
    private static final List<Double> DRUG_1 = List.of(0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0);

    private static final List<Double> DRUG_2 = List.of(1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4);

    /** Darwin's maize, eighths of an inch: Fisher, The Design of Experiments, 1935. */
    private static final List<Double> MAIZE =
            List.of(49., -67., 8., 16., 6., 23., 28., 41., 14., 29., 56., 24., 75., 60., -48.);

    @Test
    void studentsSleepGivesThePrintedPAndInterval() {
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < DRUG_1.size(); i++) {
            differences.add(DRUG_1.get(i) - DRUG_2.get(i));
        }
        PairedDifference found = PairedDifference.of(differences);
        // R: t = -4.0621, df = 9, p-value = 0.002833, -2.4598858 -0.7001142; digits from scipy.stats.ttest_rel 1.17.1
        assertThat(found.n()).isEqualTo(10);
        assertThat(found.mean()).isCloseTo(-1.58, within(1e-12));
        assertThat(found.p()).hasValueCloseTo(0.002832890197384273, within(1e-12));
        Interval interval = found.interval().orElseThrow();
        assertThat(interval.low()).isCloseTo(-2.459885763276983, within(1e-8));
        assertThat(interval.high()).isCloseTo(-0.7001142367230175, within(1e-8));
        // 2**10 sign patterns, by itertools.product in Python
        assertThat(found.signFlipP()).hasValueCloseTo(0.00390625, within(0.0));
    }

    @Test
    void fivePairsAgreeWithScipy() {
        PairedDifference found = PairedDifference.of(List.of(5.1, 4.9, 5.6, 5.0, 5.7));
        // scipy.stats.ttest_1samp([5.1, 4.9, 5.6, 5.0, 5.7], 0).pvalue and .confidence_interval(.95), scipy 1.17.1
        assertThat(found.mean()).isCloseTo(5.26, within(1e-12));
        assertThat(found.p()).hasValueCloseTo(5.510526392038126e-06, within(1e-14));
        assertThat(found.interval().orElseThrow().low()).isCloseTo(4.807175507034014, within(1e-8));
        assertThat(found.interval().orElseThrow().high()).isCloseTo(5.712824492965986, within(1e-8));
        assertThat(found.signFlipP()).hasValueCloseTo(2 / 32.0, within(0.0));
    }

    @Test
    void darwinsMaizeGivesFishersCount() {
        PairedDifference found = PairedDifference.of(MAIZE);
        // Fisher 1935: 1,726 of 32,768 arrangements are at least as extreme; t = 2.148, p = 4.970 %
        assertThat(found.signFlipP()).hasValueCloseTo(1726 / 32768.0, within(0.0));
        assertThat(found.p()).hasValueCloseTo(0.049702944021800866, within(1e-12));
    }

    @Test
    void onePairHasOnlyAMean() {
        PairedDifference found = PairedDifference.of(List.of(2.5));
        assertThat(found.mean()).isEqualTo(2.5);
        assertThat(found.interval()).isEmpty();
        assertThat(found.p()).isEmpty();
        assertThat(found.signFlipP()).isEmpty();
    }

    @Test
    void equalDifferencesGiveNoIntervalRatherThanCertainty() {
        // .3 − .1 and .4 − .2 differ in the last bit
        PairedDifference found = PairedDifference.of(List.of(0.3 - 0.1, 0.4 - 0.2, 0.2));
        assertThat(found.interval()).isEmpty();
        assertThat(found.p()).isEmpty();
        assertThat(found.signFlipP()).hasValueCloseTo(0.25, within(0.0));
    }

    @Test
    void pairsAreTheSeedsThatBothSidesHave() {
        PairedDifference found = PairedDifference.bySeed(Map.of(1L, 5.0, 2L, 7.0, 9L, 100.0), Map.of(2L, 4.0, 1L, 3.0))
                .orElseThrow();
        assertThat(found.n()).isEqualTo(2);
        assertThat(found.mean()).isEqualTo(2.5);
        assertThat(PairedDifference.bySeed(Map.of(1L, 5.0), Map.of(2L, 4.0))).isEmpty();
    }

    @Test
    void aValueThatIsNotFiniteIsRefused() {
        assertThatThrownBy(() -> PairedDifference.of(List.of(1.0, Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
    }
}
