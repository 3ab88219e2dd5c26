package normlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExperimentTest {
    private static final Recipe RECIPE = new Recipe(0.1, 0.9, 5e-4, 64, 4, 80);

    @Test
    void trialsAreActivationsTimesArmsTimesSeeds() {
        assertThat(experiment(Map.of("bn", arm(Optional.empty()), "slow", arm(Optional.of(0.03))))
                        .trials())
                .extracting(ArmTrial::label)
                .containsExactly("relu-bn-s1", "relu-slow-s1", "relu-bn-s2", "relu-slow-s2");
    }

    @Test
    void twoArmsThatTrainTheSameAreRefused() {
        assertThatThrownBy(() -> experiment(Map.of("bn", arm(Optional.empty()), "copy", arm(Optional.of(0.1)))))
                .hasMessageContaining("trains exactly what another arm trains");
    }

    private static Experiment experiment(Map<String, Arm> arms) {
        DatasetSpec dataset = new DatasetSpec("tiny", 4, 2);
        return new Experiment("e", "", dataset, "plain-8", List.of(Activation.RELU), RECIPE, arms, List.of());
    }

    private static Arm arm(Optional<Double> learningRate) {
        return new Arm("BN", new Normalization.BatchNorm(1e-5, 0.1), Head.OFF, learningRate, List.of(1L, 2L));
    }
}
