package normlab.report.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import normlab.report.ProbedFixture;
import normlab.report.analysis.ProbedEffect.Scale;
import normlab.report.campaign.TrialOutcome;
import org.junit.jupiter.api.Test;

class ProbedEffectTest {
    /** ‖E g‖² is −.05 in the middle of training and .25 at its end, E‖g‖² is 1 at both. */
    private static final TrialOutcome TRIAL = ProbedFixture.campaign((activation, arm, scaleFree) -> 1, 1)
            .trials()
            .getFirst();

    @Test
    void anEstimateBelowZeroDoesNotDropATrialWhoseAverageIsAbove() {
        assertThat(new ProbeAverage(ProbedEffect.GRADIENT_NORM, Scale.RAW)
                        .of(TRIAL)
                        .orElseThrow())
                .isCloseTo(Math.log(.1), within(.05));
        assertThat(log(ProbedEffect.GRADIENT_NORM, -1, 3)).hasValue(0);
    }

    @Test
    void aTrialWhoseAverageIsNotAboveZeroHasNoLogarithm() {
        assertThat(log(ProbedEffect.GRADIENT_NORM, -1, .5)).isEmpty();
        assertThat(log(ProbedEffect.GRADIENT_NORM, -1, 1)).isEmpty();
        assertThat(log(ProbedEffect.GRADIENT_NORM)).isEmpty();
    }

    @Test
    void aMomentThatWasNotMeasuredIsNotAveragedOver() {
        assertThat(ProbedEffect.GRADIENT_NORM.logOfAverage(List.of(OptionalDouble.of(1), OptionalDouble.empty())))
                .isEmpty();
    }

    @Test
    void otherEffectsAreAveragedGeometrically() {
        assertThat(log(ProbedEffect.VARIANCE, 1, 4).orElseThrow()).isCloseTo(Math.log(2), within(1e-12));
    }

    private static OptionalDouble log(ProbedEffect effect, double... moments) {
        return effect.logOfAverage(
                DoubleStream.of(moments).mapToObj(OptionalDouble::of).toList());
    }
}
