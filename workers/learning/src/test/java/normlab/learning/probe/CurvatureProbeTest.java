package normlab.learning.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import normlab.experiment.Probes;
import normlab.learning.random.RandomStream;
import normlab.trial.ProbeRow.Eigenvalue;
import org.junit.jupiter.api.Test;

class CurvatureProbeTest {
    private static final double[] ORIGIN = {1, 2, 0, -1, 0.5, 3};
    private static final Probes.Curvature SETTINGS = new Probes.Curvature(64, 30, 2e-3, 0.01);

    @Test
    void powerIterationFindsTheLargestEigenvalueOfAQuadratic() {
        Eigenvalue found = measure(Quadratic.of(ORIGIN, 1, 7, 3, 0.1, 2, -4), SETTINGS);
        assertThat(found.value()).isCloseTo(7, within(1e-3));
        assertThat(found.smallerStep()).isCloseTo(7, within(1e-3));
        assertThat(found.method()).isEqualTo("power");
        assertThat(found.converged()).isTrue();
    }

    @Test
    void aNegativeEigenvalueOfLargestMagnitudeKeepsItsSign() {
        assertThat(measure(Quadratic.of(ORIGIN, 1, 3, 3, 0.1, 2, -9), SETTINGS).value())
                .isCloseTo(-9, within(1e-3));
    }

    /** Power iteration swings between ±6 for ever: the case that an indefinite spectrum at the start of training is. */
    @Test
    void twoEigenvaluesOfOppositeSignAreLeftToLanczos() {
        Eigenvalue found = measure(Quadratic.of(ORIGIN, 1, 6, 3, 0.1, 2, -6.0001), SETTINGS);
        assertThat(Math.abs(found.value())).isCloseTo(6, within(1e-2));
        assertThat(found.method()).isEqualTo("lanczos");
        assertThat(found.converged()).isTrue();
    }

    @Test
    void whatDoesNotConvergeIsSaidToBeSo() {
        Probes.Curvature hasty = new Probes.Curvature(64, 2, 2e-3, 1e-6);
        Eigenvalue found = measure(Quadratic.of(ORIGIN, 1, 6, 3, 4, 2, 5), hasty);
        assertThat(found.converged()).isFalse();
        assertThat(found.residual()).isGreaterThan(1e-6);
    }

    /** λmax of D·H·D with D = ‖W‖ of each array: √5·√5·3 here, √10.25·√10.25·2 there. */
    @Test
    void scaleFreeCurvatureIsThatOfTheRescaledQuadratic() {
        Quadratic quadratic = Quadratic.of(ORIGIN, 3, 1, 1, 1, 2, 1);
        assertThat(measure(ScaledSurface.scaleFree(quadratic), SETTINGS).value())
                .isCloseTo(20.5, within(1e-2));
    }

    @Test
    void aLayersCurvatureIsThatOfItsBlockAlone() {
        Quadratic quadratic = Quadratic.of(ORIGIN, 3, 1, 1, 1, 8, 1);
        ScaledSurface first =
                ScaledSurface.only(quadratic, CurvatureProbe.layers(quadratic).getFirst());
        assertThat(measure(first, SETTINGS).value()).isCloseTo(3, within(1e-3));
    }

    private static Eigenvalue measure(LossSurface surface, Probes.Curvature settings) {
        return CurvatureProbe.measure(surface, settings, 2, RandomStream.of(1, "direction", 0));
    }
}
