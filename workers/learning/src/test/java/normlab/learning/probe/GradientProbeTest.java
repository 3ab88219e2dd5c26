package normlab.learning.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import normlab.trial.ProbeRow.GradientMoments;
import normlab.trial.ProbeRow.Moments;
import org.junit.jupiter.api.Test;

class GradientProbeTest {
    private static final double[] ORIGIN = {1, 2, 0, -1, 0.5, 3};
    private static final double[] SPECTRUM = {1, 0.5, 2, 1, 2, 0.2};

    /** Three gradients that can be added up by hand: (3, 0), (0, 3), (3, 3). */
    @Test
    void theMomentsOfAFewGradientsAreThoseOfTheTextbook() {
        double[][] gradients = {{3, 0}, {0, 3}, {3, 3}};
        LossSurface surface = new LossSurface() {
            @Override
            public List<Block> blocks() {
                return List.of(new Block("a.weight", 0, 1, 2, true), new Block("b", 1, 2, 5, false));
            }

            @Override
            public List<Block> filters() {
                return List.of(blocks().getFirst());
            }

            @Override
            public int batches() {
                return gradients.length;
            }

            @Override
            public LossAndGradient evaluate(double[] displacement, int batch) {
                return new LossAndGradient(0, gradients[batch]);
            }
        };
        GradientMoments moments = GradientProbe.measure(surface, 32);
        assertThat(moments.batches()).isEqualTo(3);
        // S₂ = (9 + 9 + 18)/3; ḡ = (2, 2); Var = 3/2·(12 − 8); ‖E g‖² = 8 − 6/3.
        assertThat(moments.total().secondMoment().value()).isCloseTo(12, within(1e-12));
        assertThat(moments.total().variance().value()).isCloseTo(6, within(1e-12));
        assertThat(moments.total().squaredMean().value()).isCloseTo(6, within(1e-12));
        // The jackknife of a mean is its standard error: SD of (9, 9, 18) over √3.
        assertThat(moments.total().secondMoment().standardError()).isCloseTo(3, within(1e-12));
        // The array without filters has no share in what is scale-free.
        assertThat(moments.scaleFree().secondMoment().value()).isCloseTo(4 * 6, within(1e-12));
        assertThat(moments.layers().keySet()).containsExactly("a.weight");
        assertThat(moments.layers())
                .hasEntrySatisfying(
                        "a.weight", m -> assertThat(m.variance().value()).isCloseTo(3, within(1e-12)));
    }

    @Test
    void gaussianGradientsGiveTheirVarianceAndMeanWithoutBias() {
        double noise = 1.5;
        double mean = IntStream.range(0, ORIGIN.length)
                .mapToDouble(i -> SPECTRUM[i] * ORIGIN[i])
                .map(g -> g * g)
                .sum();
        double variance = ORIGIN.length * noise * noise;
        List<Moments> repeats = LongStream.range(0, 400)
                .mapToObj(seed -> GradientProbe.measure(new Quadratic(ORIGIN, SPECTRUM, noise, 16, seed), 16)
                        .total())
                .toList();
        double[] variances =
                repeats.stream().mapToDouble(m -> m.variance().value()).toArray();
        double[] means =
                repeats.stream().mapToDouble(m -> m.squaredMean().value()).toArray();
        assertThat(average(variances)).isCloseTo(variance, within(4 * deviation(variances) / 20));
        assertThat(average(means)).isCloseTo(mean, within(4 * deviation(means) / 20));
        assertThat(repeats)
                .allSatisfy(m -> assertThat(m.secondMoment().value())
                        .isCloseTo(m.variance().value() + m.squaredMean().value(), within(1e-9)));
        // The standard errors are those that the repeats show.
        assertThat(average(repeats.stream()
                        .mapToDouble(m -> m.variance().standardError())
                        .toArray()))
                .isCloseTo(deviation(variances), within(0.15 * deviation(variances)));
        assertThat(average(repeats.stream()
                        .mapToDouble(m -> m.squaredMean().standardError())
                        .toArray()))
                .isCloseTo(deviation(means), within(0.15 * deviation(means)));
    }

    @Test
    void layersAddUpToTheTotal() {
        GradientMoments moments = GradientProbe.measure(new Quadratic(ORIGIN, SPECTRUM, 1, 8, 3), 8);
        double sum = moments.layers().values().stream()
                .mapToDouble(m -> m.variance().value())
                .sum();
        assertThat(sum).isCloseTo(moments.total().variance().value(), within(1e-9));
        double scaled = moments.layers().entrySet().stream()
                .mapToDouble(e -> Math.pow(moments.norms().getOrDefault(e.getKey(), Double.NaN), 2)
                        * e.getValue().variance().value())
                .sum();
        assertThat(scaled).isCloseTo(moments.scaleFree().variance().value(), within(1e-9));
    }

    private static double average(double[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .average()
                .orElseThrow();
    }

    private static double deviation(double[] values) {
        double mean = average(values);
        double squares = IntStream.range(0, values.length)
                .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
                .sum();
        return Math.sqrt(squares / (values.length - 1));
    }
}
