package normlab.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import normlab.experiment.Recipe;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private final Schedule quick = Schedule.of(new Recipe(0.1, 0.9, 5e-4, 64, 4, 80), 160);

    @Test
    void theRateRisesInAStraightLineToThePeakAndFallsAsACosine() {
        assertThat(quick.rate(0)).isCloseTo(0.1 / 80, within(1e-15));
        assertThat(quick.rate(79)).isEqualTo(0.1);
        assertThat(quick.rate(80)).isEqualTo(0.1);
        assertThat(quick.rate(360)).isCloseTo(0.05, within(1e-12));
        assertThat(quick.rate(639)).isCloseTo(0.1 * 0.5 * (1 + Math.cos(Math.PI * 559 / 560)), within(1e-15));
    }
}
