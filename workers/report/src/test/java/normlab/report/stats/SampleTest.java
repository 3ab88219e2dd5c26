package normlab.report.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void theSpreadDividesByOneLessThanTheSize() {
        Sample sample = Sample.of(List.of(5.1, 4.9, 5.6, 5.0, 5.7));
        assertThat(sample.mean()).isCloseTo(5.26, within(1e-12));
        // numpy.std([5.1, 4.9, 5.6, 5.0, 5.7], ddof=1)
        assertThat(sample.sd()).hasValueCloseTo(0.36469165057620934, within(1e-12));
    }

    @Test
    void oneValueHasNoSpread() {
        assertThat(Sample.of(List.of(3.0)).sd()).isEmpty();
    }

    @Test
    void anEmptySampleIsRefused() {
        assertThatThrownBy(() -> Sample.of(List.of())).hasMessageContaining("empty");
    }
}
