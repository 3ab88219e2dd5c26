package normlab.report.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import normlab.report.Fixture;
import normlab.report.claim.Correlations.Series;
import normlab.report.claim.Dissociations.Candidate;
import normlab.report.claim.Part.Side;
import org.junit.jupiter.api.Test;

/** The rules over cells, on 1,000 synthetic campaigns whose truth is known: clusters (activations) of arms. */
class CellRatesTest {
    private static final int DRAWS = 1000;
    private static final int ARMS = 3;
    private static final int SEEDS = 5;

    @Test
    void aCorrelationIsForAgainstOrNeitherAsItTrulyIs() {
        assertThat(rate(Side.FOR, 15, 1)).isGreaterThan(.99);
        assertThat(rate(Side.AGAINST, 15, -1)).isGreaterThan(.99);
        assertThat(rate(Side.OPEN, 15, 0)).isGreaterThan(.9);
        assertThat(rate(Side.FOR, 5, 1)).isGreaterThan(.4);
        assertThat(rate(Side.OPEN, 4, 1)).isEqualTo(1);
    }

    /** Arms of one activation share their place, so as many cells count for fewer: unclustered, a third would be "shown". */
    @Test
    void cellsOfOneActivationAreNotIndependentEvidence() {
        assertThat(rate(Side.FOR, 5, 0) + rate(Side.AGAINST, 5, 0)).isLessThan(.1);
    }

    @Test
    void dissociationsAreShownDeniedOrNeither() {
        assertThat(verdicts(6, Order.REVERSED).get(Standing.SUPPORTED)).isGreaterThan(990);
        assertThat(verdicts(12, Order.SAME).get(Standing.NOT_SUPPORTED)).isGreaterThan(900);
        assertThat(verdicts(6, Order.NONE).get(Standing.INCONCLUSIVE)).isGreaterThan(950);
        assertThat(verdicts(2, Order.REVERSED).getOrDefault(Standing.NOT_SUPPORTED, 0L))
                .isZero();
    }

    /** A dissociation between the arms of one activation, or of a single pair of activations, is one case. */
    @Test
    void pairsWithASharedActivationCountOnce() {
        assertThat(verdicts(2, Order.REVERSED).get(Standing.INCONCLUSIVE)).isGreaterThan(990);
    }

    private enum Order {
        SAME,
        REVERSED,
        NONE
    }

    private static double rate(Side side, int clusters, double slope) {
        return draws(23)
                        .filter(random -> correlation(clusters, slope, random).is(side))
                        .count()
                / (double) DRAWS;
    }

    private static Part correlation(int clusters, double slope, SplittableRandom random) {
        List<Point> points = new ArrayList<>();
        for (int c = 0; c < clusters; c++) {
            double x = random.nextGaussian();
            double y = slope * x + (slope == 0 ? 1 : .3) * random.nextGaussian();
            for (int arm = 0; arm < ARMS; arm++) {
                points.add(new Point(
                        "", "c" + c, x + .1 * random.nextGaussian(), y + .1 * random.nextGaussian(), List.of()));
            }
        }
        return Correlations.judge(List.of(new Series("", "", points)), .2).getFirst();
    }

    private static Map<Standing, Long> verdicts(int clusters, Order order) {
        Claim claim = Fixture.claims().claims().stream()
                .filter(c -> c.id().equals("C10"))
                .findFirst()
                .orElseThrow();
        return draws(29)
                .map(random -> new Dissociations((Rule.Dissociation) claim.rule(), cells(clusters, order, random))
                        .verdict(claim)
                        .standing())
                .collect(Collectors.groupingBy(s -> s, Collectors.counting()));
    }

    private static List<Candidate> cells(int clusters, Order order, SplittableRandom random) {
        List<Candidate> cells = new ArrayList<>();
        for (int c = 0; c < clusters; c++) {
            double effect = switch (order) {
                case SAME -> c;
                case REVERSED -> -c;
                case NONE -> 0;
            };
            double speed = order == Order.NONE ? 0 : c;
            cells.add(new Candidate(
                    "cell " + c,
                    "c" + c,
                    List.of(values(effect, random), values(effect, random)),
                    values(speed, random),
                    List.of()));
        }
        return cells;
    }

    private static List<Double> values(double mean, SplittableRandom random) {
        return Stream.generate(() -> mean + .1 * random.nextGaussian())
                .limit(SEEDS)
                .toList();
    }

    /** The same in every run, although in parallel: each draw has a stream of its own. */
    private static Stream<SplittableRandom> draws(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Stream.generate(random::split).limit(DRAWS).toList().parallelStream();
    }
}
