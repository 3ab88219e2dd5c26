package normlab.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import normlab.experiment.Precision;
import normlab.experiment.Recipe;
import normlab.experiment.Schedule;
import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {
    private final LearningRateSchedule quick = new LearningRateSchedule(new Recipe(0.1, 0.9, 5e-4, 64, 4, 80), 160);

    @Test
    void theRateRisesInAStraightLineToThePeakAndFallsAsACosine() {
        assertThat(quick.at(0)).isCloseTo(0.1 / 80, within(1e-15));
        assertThat(quick.at(79)).isEqualTo(0.1);
        assertThat(quick.at(80)).isEqualTo(0.1);
        assertThat(quick.at(360)).isCloseTo(0.05, within(1e-12));
        assertThat(quick.at(639)).isCloseTo(0.1 * 0.5 * (1 + Math.cos(Math.PI * 559 / 560)), within(1e-15));
    }

    @Test
    void stepsFallWhenTheirEpochsAreOverAndStandStillBetween() {
        Recipe recipe = new Recipe(
                0.1,
                0.9,
                true,
                5e-4,
                false,
                128,
                200,
                391,
                new Schedule.Steps(List.of(60, 120, 160), 0.2),
                0,
                Optional.empty(),
                Optional.empty(),
                Precision.FLOAT32);
        LearningRateSchedule rate = new LearningRateSchedule(recipe, 391);
        assertThat(rate.at(0)).isCloseTo(0.1 / 391, within(1e-15));
        assertThat(rate.at(391)).isEqualTo(0.1);
        assertThat(rate.at(60 * 391 - 1)).isEqualTo(0.1);
        assertThat(rate.at(60 * 391)).isCloseTo(0.02, within(1e-15));
        assertThat(rate.at(200 * 391 - 1)).isCloseTo(0.0008, within(1e-15));
    }
}
