package normlab.learning.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import normlab.experiment.Probes;
import normlab.trial.ProbeRow.Smoothness;
import org.junit.jupiter.api.Test;

class SmoothnessProbeTest {
    private static final Probes.Smoothness SETTINGS = new Probes.Smoothness(64, List.of(0.1, 1.0), 1e-3);

    /** g = Hw, so that ‖g(w − ηg) − g(w)‖/(η‖g‖) = ‖Hg‖/‖g‖ at each η: here w = (1, 1), H = diag(3, 1). */
    @Test
    void onAQuadraticEachStepGivesTheSameKnownValue() {
        Smoothness found = SmoothnessProbe.measure(Quadratic.of(new double[] {1, 1}, 3, 1), SETTINGS, 2);
        double expected = Math.sqrt(82.0 / 10);
        assertThat(found.gradientNorm()).isCloseTo(Math.sqrt(10), within(1e-9));
        assertThat(found.grid()).allSatisfy(b -> assertThat(b).isCloseTo(expected, within(1e-9)));
        assertThat(found.largest()).isCloseTo(expected, within(1e-9));
        assertThat(found.relative()).isCloseTo(expected, within(1e-9));
    }

    @Test
    void theScaleFreeValueStaysWhenAnArrayIsScaledAndTheFunctionStaysTheSame() {
        // w₁ → 4·w₁ with the curvature divided by 16 is the same function of the same network.
        Smoothness one = SmoothnessProbe.measure(Quadratic.of(new double[] {1, 1}, 3, 1), SETTINGS, 2);
        Smoothness other = SmoothnessProbe.measure(Quadratic.of(new double[] {4, 1}, 3.0 / 16, 1), SETTINGS, 2);
        assertThat(other.scaleFree()).isCloseTo(one.scaleFree(), within(1e-9));
        assertThat(other.scaleFreeLargest().orElseThrow())
                .isCloseTo(one.scaleFreeLargest().orElseThrow(), within(1e-9));
        assertThat(other.relative()).isNotCloseTo(one.relative(), within(0.1));
    }
}
