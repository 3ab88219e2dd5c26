package normlab.experiment;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecipeTest {
    @Test
    void nesterovWithoutMomentumIsRefused() {
        assertThatThrownBy(() -> recipe(0, true, new Schedule.Cosine(), 0, Optional.empty()))
                .hasMessageContaining("nesterov is true and momentum is 0");
    }

    @Test
    void aFallOfTheRateThatTheEpochsNeverReachIsRefused() {
        assertThatThrownBy(() -> recipe(0.9, true, new Schedule.Steps(List.of(3, 10), 0.1), 0, Optional.empty()))
                .hasMessageContaining("schedule.atEpochs is [3, 10], expected all below the recipe's 10 epochs");
    }

    @Test
    void stepsOutOfOrderAndAFactorThatDoesNotFallAreRefused() {
        assertThatThrownBy(() -> new Schedule.Steps(List.of(5, 5), 0.1)).hasMessageContaining("ascending order");
        assertThatThrownBy(() -> new Schedule.Steps(List.of(5), 1)).hasMessageContaining("factor is 1.0");
        assertThatThrownBy(() -> new Schedule.Steps(List.of(), 0.1)).hasMessageContaining("atEpochs is empty");
    }

    @Test
    void smoothingOfAllAndAClipToNothingAreRefused() {
        assertThatThrownBy(() -> recipe(0.9, false, new Schedule.Cosine(), 1, Optional.empty()))
                .hasMessageContaining("labelSmoothing is 1.0");
        assertThatThrownBy(() -> recipe(0.9, false, new Schedule.Cosine(), 0, Optional.of(0.0)))
                .hasMessageContaining("gradientClip is 0.0");
    }

    @Test
    void anAugmentationThatChangesNothingIsRefused() {
        assertThatThrownBy(() -> new Augmentation(0, false)).hasMessageContaining("set augmentation to null");
    }

    private static Recipe recipe(
            double momentum, boolean nesterov, Schedule schedule, double smoothing, Optional<Double> clip) {
        return new Recipe(
                0.1,
                momentum,
                nesterov,
                0,
                false,
                8,
                10,
                0,
                schedule,
                smoothing,
                clip,
                Optional.empty(),
                Precision.FLOAT32);
    }
}
