package normlab.report.claim;

import static normlab.report.claim.Standing.INCONCLUSIVE;
import static normlab.report.claim.Standing.NOT_SUPPORTED;
import static normlab.report.claim.Standing.NOT_TESTED;
import static normlab.report.claim.Standing.SUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import normlab.experiment.Activation;
import normlab.report.Fixture;
import normlab.report.analysis.Measure;
import normlab.report.analysis.Quantity;
import normlab.report.claim.SyntheticEvidence.Truth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each rule of the claims, on 1,000 synthetic campaigns whose truth is known. A rule that cannot come out one way, or
 * that calls a tie a gain, fails here.
 */
class VerdictRatesTest {
    private static final int DRAWS = 1000;
    private static final int ENOUGH = 12;
    private static final int TOO_FEW = 4;

    /**
     * Where the reading lies.
     *
     * @param gain points of accuracy over BN, and 20 times that in percent of the loss
     * @param ratio logarithm of a probed effect, treatment to no normalization
     * @param sd of paired differences in points; the losses' is 1/50 of it, the logarithms' 1/10
     */
    private record Setting(double gain, double ratio, double sd) implements Truth {
        @Override
        public double mean(Role role, Activation activation, Quantity quantity) {
            boolean cbn = role == Role.CBN;
            if (quantity == Measure.ACCURACY) {
                return (activation == Activation.RELU ? 90 : 70) + (cbn ? gain : 0);
            }
            if (quantity instanceof Measure) {
                return 1 - (cbn ? gain / 20 : 0);
            }
            return role == Role.NONE ? 0 : ratio;
        }

        @Override
        public double sd(Quantity quantity) {
            return quantity == Measure.ACCURACY || quantity == Measure.PRECISE_ACCURACY
                    ? sd
                    : quantity.isLogarithm() ? sd / 10 : sd / 50;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"C5", "C6", "C7"})
    void aGainIsForAgainstOrTiedAsItTrulyIs(String claim) {
        assertThat(rate(claim, SUPPORTED, ENOUGH, new Setting(2, 0, .5))).isGreaterThan(.99);
        assertThat(rate(claim, NOT_SUPPORTED, ENOUGH, new Setting(-2, 0, .5))).isGreaterThan(.99);
        assertThat(rate(claim, NOT_SUPPORTED, 20, new Setting(0, 0, .4))).isGreaterThan(.99);
        assertThat(rate(claim, INCONCLUSIVE, TOO_FEW, new Setting(2, 0, .5))).isEqualTo(1);
        assertThat(rate(claim, SUPPORTED, 5, new Setting(0, 0, 1.5))).isLessThan(.01);
        assertThat(rate(claim, NOT_SUPPORTED, 5, new Setting(1, 0, 1.5))).isLessThan(.05);
    }

    @Test
    void aTieIsCalledLevelAndALossWorse() {
        assertThat(notes("C7", 20, new Setting(0, 0, .4))).contains("level").doesNotContain("worse");
        assertThat(notes("C7", ENOUGH, new Setting(-2, 0, .5)))
                .contains("worse")
                .doesNotContain("level");
        assertThat(notes("C7", 40, new Setting(.25, 0, .2))).contains("smaller than matters");
        assertThat(notes("C7", 5, new Setting(0, 0, 1.5))).doesNotContain("level");
    }

    @Test
    void anAverageGainIsComparedWithItsFigure() {
        assertThat(rate("C8", SUPPORTED, ENOUGH, new Setting(18, 0, 1))).isGreaterThan(.99);
        assertThat(rate("C8", NOT_SUPPORTED, ENOUGH, new Setting(2, 0, 1))).isGreaterThan(.99);
        assertThat(rate("C8", NOT_SUPPORTED, ENOUGH, new Setting(-1, 0, 1))).isGreaterThan(.99);
        // Exactly 15 for Sigmoid, far more than claimed for Tanh and SELU.
        assertThat(rate("C8", INCONCLUSIVE, ENOUGH, new Setting(15, 0, 1))).isGreaterThan(.94);
        assertThat(rate("C8", INCONCLUSIVE, TOO_FEW, new Setting(18, 0, 1))).isEqualTo(1);
    }

    @Test
    void aFigureAboveEveryArmIsNotAttainable() {
        Truth crowded = new Changed(
                new Setting(1, 0, .5),
                (role, a, q, mean) -> q == Measure.ACCURACY ? 88 + (role == Role.CBN ? 1 : 0) : mean);
        assertThat(rate("C8", NOT_TESTED, ENOUGH, crowded)).isGreaterThan(.99);
        Truth below = new Changed(crowded, (role, a, q, mean) -> role == Role.CBN ? mean - 4 : mean);
        assertThat(rate("C8", NOT_SUPPORTED, ENOUGH, below)).isGreaterThan(.99);
    }

    @Test
    void nonInferiorityIsShownByBeingLevelOrBetter() {
        assertThat(rate("C9", SUPPORTED, ENOUGH, new Setting(20, 0, .5))).isGreaterThan(.95);
        assertThat(rate("C9", SUPPORTED, ENOUGH, new Setting(25, 0, .5))).isGreaterThan(.99);
        assertThat(rate("C9", NOT_SUPPORTED, ENOUGH, new Setting(17, 0, .5))).isGreaterThan(.99);
        assertThat(rate("C9", INCONCLUSIVE, ENOUGH, new Setting(19, 0, .5))).isGreaterThan(.9);
        assertThat(rate("C9", INCONCLUSIVE, TOO_FEW, new Setting(20, 0, .5))).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"C2", "C4"})
    void effectsAreInducedLostOrUnchangedAsTheyTrulyAre(String claim) {
        assertThat(rate(claim, SUPPORTED, ENOUGH, new Setting(0, -.5, 1))).isGreaterThan(.99);
        assertThat(rate(claim, NOT_SUPPORTED, ENOUGH, new Setting(0, .5, 1))).isGreaterThan(.99);
        assertThat(rate(claim, NOT_SUPPORTED, 20, new Setting(0, 0, .5))).isGreaterThan(.99);
        assertThat(rate(claim, INCONCLUSIVE, TOO_FEW, new Setting(0, -.5, 1))).isEqualTo(1);
    }

    @Test
    void aDeadBaselineIsNeverEvidence() {
        Truth dead = new Changed(
                new Setting(0, .5, 1), (role, a, q, mean) -> q == Measure.ACCURACY && role == Role.NONE ? 10 : mean);
        assertThat(rate("C4", NOT_TESTED, ENOUGH, dead)).isEqualTo(1);
        assertThat(rate("C2", NOT_TESTED, ENOUGH, dead)).isEqualTo(1);
        assertThat(rate("C3", NOT_TESTED, ENOUGH, dead)).isEqualTo(1);
    }

    @Test
    void bnHelpsLessWithoutReluOnlyIfTheInteractionShowsIt() {
        assertThat(rate("C3", SUPPORTED, ENOUGH, interaction(.5))).isGreaterThan(.99);
        assertThat(rate("C3", NOT_SUPPORTED, ENOUGH, interaction(-.5))).isGreaterThan(.99);
        assertThat(rate("C3", NOT_SUPPORTED, 40, interaction(0))).isGreaterThan(.95);
        assertThat(rate("C3", INCONCLUSIVE, TOO_FEW, interaction(.5))).isEqualTo(1);
    }

    @Test
    void thePlaceIsJudgedAtTheSameHeadWithPreciseStatistics() {
        assertThat(rate("Q1", SUPPORTED, ENOUGH, points(9, 0, 0, 9))).isGreaterThan(.99);
        assertThat(rate("Q1", NOT_SUPPORTED, ENOUGH, points(9, 8, 0, 9))).isGreaterThan(.99);
        assertThat(rate("Q1", INCONCLUSIVE, ENOUGH, points(9, 4, 0, 9))).isGreaterThan(.94);
        assertThat(rate("Q1", INCONCLUSIVE, TOO_FEW, points(9, 0, 0, 9))).isEqualTo(1);
    }

    @Test
    void controlsExplainAGainOnlyIfThereIsOne() {
        assertThat(rate("Q2", SUPPORTED, ENOUGH, points(10, 10, 10, 10))).isGreaterThan(.99);
        assertThat(rate("Q2", NOT_SUPPORTED, ENOUGH, points(10, 10, 2, 10))).isGreaterThan(.99);
        assertThat(rate("Q2", INCONCLUSIVE, ENOUGH, points(10, 8, 8, 10))).isGreaterThan(.94);
        assertThat(rate("Q2", INCONCLUSIVE, TOO_FEW, points(10, 10, 10, 10))).isEqualTo(1);
        assertThat(rate("Q2", NOT_TESTED, ENOUGH, points(-1, 0, 0, -1))).isGreaterThan(.97);
    }

    @Test
    void aGapClosesOrRemains() {
        assertThat(rate("Q3", SUPPORTED, ENOUGH, points(0, 0, 0, 0))).isGreaterThan(.99);
        assertThat(rate("Q3", NOT_SUPPORTED, ENOUGH, points(5, 0, 0, 5))).isGreaterThan(.99);
        assertThat(rate("Q3", INCONCLUSIVE, ENOUGH, points(2, 0, 0, 2))).isGreaterThan(.94);
        assertThat(rate("Q3", INCONCLUSIVE, TOO_FEW, points(0, 0, 0, 0))).isEqualTo(1);
    }

    @Test
    void aGainIsOneOfEvaluationOnlyIfPreciseStatisticsTakeItAway() {
        assertThat(rate("Q4", SUPPORTED, ENOUGH, points(18, 0, 0, 1))).isGreaterThan(.99);
        assertThat(rate("Q4", NOT_SUPPORTED, ENOUGH, points(18, 0, 0, 9))).isGreaterThan(.99);
        assertThat(rate("Q4", INCONCLUSIVE, ENOUGH, points(18, 0, 0, 5))).isGreaterThan(.94);
        assertThat(rate("Q4", INCONCLUSIVE, TOO_FEW, points(18, 0, 0, 1))).isEqualTo(1);
    }

    /** Gains over plain BN in points. */
    private static Truth points(double cbn, double sameHead, double centred, double cbnPrecise) {
        return new Changed(
                new Setting(0, 0, .8),
                (role, a, q, mean) -> 70
                        + switch (role) {
                            case CBN -> q == Measure.PRECISE_ACCURACY ? cbnPrecise : cbn;
                            case BN_SAME_HEAD -> sameHead;
                            case BN_CENTRED -> centred;
                            case BN, NONE -> 0;
                        });
    }

    /** @param size by how much BN helps less than under ReLU, in loss AUC and in logarithms */
    private static Truth interaction(double size) {
        return new Changed(
                new Setting(0, -.5, .4),
                (role, a, q, mean) ->
                        role == Role.BN && a != Activation.RELU && q != Measure.ACCURACY ? mean + size : mean);
    }

    private interface Change {
        double of(Role role, Activation activation, Quantity quantity, double mean);
    }

    private record Changed(Truth truth, Change change) implements Truth {
        @Override
        public double mean(Role role, Activation activation, Quantity quantity) {
            return change.of(role, activation, quantity, truth.mean(role, activation, quantity));
        }

        @Override
        public double sd(Quantity quantity) {
            return truth.sd(quantity);
        }
    }

    private static double rate(String id, Standing standing, int seeds, Truth truth) {
        return verdicts(id, seeds, truth).filter(v -> v.standing() == standing).count() / (double) DRAWS;
    }

    /** The notes on the parts of most draws, in one text. */
    private static String notes(String id, int seeds, Truth truth) {
        Map<String, Long> counts = verdicts(id, seeds, truth)
                .flatMap(v -> v.parts().stream())
                .collect(Collectors.groupingBy(p -> p.note().split(";")[0], TreeMap::new, Collectors.counting()));
        counts.values().removeIf(n -> n < DRAWS / 2);
        return counts.keySet().toString();
    }

    /** The same in every run, although in parallel: each draw has a stream of its own. */
    private static Stream<ClaimVerdict> verdicts(String id, int seeds, Truth truth) {
        ClaimSet all = Fixture.claims();
        Claim claim =
                all.claims().stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
        List<Claim> family = all.claims().stream()
                .filter(c -> c.family().equals(claim.family()))
                .toList();
        ClaimSet judged = new ClaimSet(all.source(), family);
        SplittableRandom random = new SplittableRandom(17);
        return Stream.generate(random::split).limit(DRAWS).toList().parallelStream()
                .map(draw -> verdict(judged, claim, new SyntheticEvidence(1, seeds, truth, draw)));
    }

    private static ClaimVerdict verdict(ClaimSet judged, Claim claim, Evidence evidence) {
        List<Part> parts = Judge.parts(judged, evidence).getOrDefault(claim, List.of());
        return Judge.decided(claim, ((Rule.Counted) claim.rule()).threshold(), parts);
    }
}
