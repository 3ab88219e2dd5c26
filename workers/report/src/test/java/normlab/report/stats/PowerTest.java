package normlab.report.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PowerTest {
    /** statsmodels 0.15.0, {@code TTestPower().power(effect, n, level)}. */
    @Test
    void powerAgreesWithStatsmodels() {
        assertThat(Power.of(0.5, 5, 0.05)).isCloseTo(0.140516689990298, within(1e-7));
        assertThat(Power.of(0.5, 10, 0.05)).isCloseTo(0.2931756065140767, within(1e-7));
        assertThat(Power.of(-0.5, 34, 0.05)).isCloseTo(0.8077775012792737, within(1e-7));
        assertThat(Power.of(2.0, 5, 0.01)).isCloseTo(0.5471761892938509, within(1e-7));
        assertThat(Power.of(1.0, 2, 0.05)).isCloseTo(0.09280915505633597, within(1e-7));
    }

    /** R: {@code power.t.test(delta = .5, power = .8, type = "paired")} gives n = 33.36713; the others by statsmodels. */
    @Test
    void pairsAreTheNextWholeNumber() {
        assertThat(Power.pairs(0.5, 0.8, 0.05)).hasValue(34);
        assertThat(Power.pairs(2.0, 0.8, 0.05)).hasValue(5);
        assertThat(Power.pairs(-2.0, 0.8, 0.01)).hasValue(7);
    }

    @Test
    void withoutAnEffectNoNumberOfPairsIsEnough() {
        assertThat(Power.pairs(0, 0.8, 0.05)).isEmpty();
        assertThat(Power.pairs(0.01, 0.8, 0.05)).isEmpty();
    }
}
