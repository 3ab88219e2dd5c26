package normlab.report.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class HolmTest {
    @Test
    void fourValuesAgreeWithR() {
        // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), method = "holm") is 0.03 0.06 0.06 0.02
        assertCloseTo(Holm.adjust(List.of(0.01, 0.04, 0.03, 0.005)), 0.03, 0.06, 0.06, 0.02);
    }

    @Test
    void noAdjustedValueExceedsOne() {
        // R: p.adjust(c(0.5, 0.6, 0.001), method = "holm") is 1.000 1.000 0.003
        assertCloseTo(Holm.adjust(List.of(0.5, 0.6, 0.001)), 1, 1, 0.003);
    }

    @Test
    void aSingleValueStaysAndAnEmptyFamilyIsEmpty() {
        assertCloseTo(Holm.adjust(List.of(0.04)), 0.04);
        assertThat(Holm.adjust(List.of())).isEmpty();
    }

    private static void assertCloseTo(List<Double> found, double... expected) {
        assertThat(found).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(found.get(i)).isCloseTo(expected[i], within(1e-12));
        }
    }
}
