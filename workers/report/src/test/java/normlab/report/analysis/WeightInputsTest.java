package normlab.report.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import normlab.report.ProbedFixture;
import normlab.report.campaign.TrialOutcome;
import org.junit.jupiter.api.Test;

class WeightInputsTest {
    private static final List<TrialOutcome> TRIALS = ProbedFixture.campaign(
                    (activation, arm, scaleFree) -> scaleFree ? 2 : 1, 2)
            .trials();

    @Test
    void layersComeInTheOrderOfTheNetwork() {
        assertThat(WeightInputs.layers(TRIALS)).containsExactly("conv1.weight", "conv10.weight", "fc.weight");
    }

    @Test
    void valuesAreThoseOfTheLastProbe() {
        double found = WeightInputs.LARGEST_EIGENVALUE
                .of(TRIALS.getFirst(), "fc.weight")
                .orElseThrow();
        assertThat(found)
                .isEqualTo(3
                        * WeightInputs.SECOND_MOMENT
                                .of(TRIALS.getFirst(), "fc.weight")
                                .orElseThrow());
        assertThat(WeightInputs.SECOND_MOMENT.of(TRIALS.getFirst(), "conv2.weight"))
                .isEmpty();
    }

    @Test
    void anAverageAtEqualLossIsOverTheLevelsThatTheExperimentNames() {
        ProbeAverageAtLoss average = new ProbeAverageAtLoss(ProbedEffect.VARIANCE, ProbedEffect.Scale.SCALE_FREE);
        double expected = new ProbeAverage(ProbedEffect.VARIANCE, ProbedEffect.Scale.SCALE_FREE)
                .atLoss(TRIALS.getFirst(), 1)
                .orElseThrow();
        assertThat(average.of(TRIALS.getFirst()).orElseThrow()).isEqualTo(expected);
    }
}
