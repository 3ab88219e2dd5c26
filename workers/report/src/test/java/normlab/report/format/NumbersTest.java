package normlab.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import normlab.report.stats.Interval;
import normlab.report.stats.Sample;
import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void aLossThatExplodedIsWrittenShort() {
        assertThat(Numbers.fixed(1e30, 3)).isEqualTo("1.00e+30");
        assertThat(Numbers.signed(-2.5e12, 2)).isEqualTo("−2.50e+12");
        assertThat(Numbers.fixed(123456.789, 2)).isEqualTo("123456.79");
    }

    @Test
    void signsAreShownExceptForValuesThatRoundToZero() {
        assertThat(Numbers.signed(5.256, 2)).isEqualTo("+5.26");
        assertThat(Numbers.signed(-0.04, 2)).isEqualTo("−0.04");
        assertThat(Numbers.signed(-0.004, 2)).isEqualTo("0.00");
        assertThat(Numbers.signed(0.004, 2)).isEqualTo("0.00");
        assertThat(Numbers.interval(new Interval(-0.001, 1), 2)).isEqualTo("[0.00, +1.00]");
    }

    @Test
    void nonFiniteValuesAreShownAsAbsent() {
        assertThat(Numbers.fixed(Double.NaN, 2)).isEqualTo("n/a");
        assertThat(Numbers.signed(Double.NEGATIVE_INFINITY, 2)).isEqualTo("n/a");
        assertThat(Numbers.duration(Double.NaN)).isEqualTo("n/a");
        assertThat(Numbers.p(OptionalDouble.empty())).isEqualTo("n/a");
    }

    @Test
    void numbersAreTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(Numbers.fixed(1234.5, 1)).isEqualTo("1234.5");
            assertThat(Numbers.count(40026)).isEqualTo("40,026");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aSmallPIsNeverZero() {
        assertThat(Numbers.p(OptionalDouble.of(1e-9))).isEqualTo("< 0.001");
        assertThat(Numbers.p(OptionalDouble.of(0.0316))).isEqualTo("0.032");
    }

    @Test
    void aSampleOfOneHasNoSpread() {
        assertThat(Numbers.sample(Sample.of(List.of(80.51)), 2)).isEqualTo("80.51 (1)");
        assertThat(Numbers.sample(Sample.of(List.of(80.0, 81.0)), 2)).isEqualTo("80.50 ± 0.71 (2)");
    }

    @Test
    void durationsTakeTheUnitsThatFit() {
        assertThat(Numbers.duration(14.23)).isEqualTo("14.2 s");
        assertThat(Numbers.duration(552)).isEqualTo("9 min 12 s");
        assertThat(Numbers.duration(11100)).isEqualTo("3 h 05 min");
    }

    @Test
    void listsReadAsSentencesDo() {
        assertThat(Words.list(List.of())).isEmpty();
        assertThat(Words.list(List.of("a"))).isEqualTo("a");
        assertThat(Words.list(List.of("a", "b", "c"))).isEqualTo("a, b and c");
    }
}
