package normlab.report.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class WelchTest {
    /** Student's sleep data (1908), as R's {@code datasets::sleep} has them. */
    static final List<Double> GROUP_1 = List.of(0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0);

    static final List<Double> GROUP_2 = List.of(1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4);

    /** R's manual, {@code t.test(extra ~ group, data = sleep)}: df = 17.776, p = 0.07939, −3.3654832 to 0.2054832. */
    @Test
    void theSleepDataAgreeWithTheManualOfR() {
        Welch welch = Welch.of(GROUP_1, GROUP_2).orElseThrow();
        assertThat(welch.mean()).isCloseTo(-1.58, within(1e-9));
        assertThat(welch.degreesOfFreedom()).isCloseTo(17.776, within(1e-3));
        assertThat(welch.p()).isCloseTo(0.07939, within(1e-5));
        assertThat(welch.interval().low()).isCloseTo(-3.3654832, within(1e-7));
        assertThat(welch.interval().high()).isCloseTo(0.2054832, within(1e-7));
    }

    @Test
    void oneValueOrNoSpreadGivesNoTest() {
        assertThat(Welch.of(List.of(1.0), List.of(1.0, 2.0))).isEmpty();
        assertThat(Welch.of(List.of(1.0, 1.0), List.of(2.0, 2.0))).isEmpty();
    }
}
