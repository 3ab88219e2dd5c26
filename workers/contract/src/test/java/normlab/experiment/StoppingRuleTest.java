package normlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoppingRuleTest {
    private static final StoppingRule RULE = new StoppingRule("cbn", "bn", 0.5, 6);

    @Test
    void furtherSeedsAreTheSameForBothArmsAndLeaveEarlierTrialsAsTheyWere() {
        Experiment three = experiment(RULE, List.of(1L, 2L, 3L), List.of(1L, 2L, 3L, 4L));
        Experiment five = three.withSharedSeeds(5);
        assertThat(five.sharedSeeds()).containsExactly(1L, 2L, 3L, 5L, 6L);
        assertThat(Objects.requireNonNull(five.arms().get("bn")).seeds()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(five.arms().get("none")).isEqualTo(three.arms().get("none"));
        assertThat(five.trials())
                .containsAll(three.trials())
                .hasSize(three.trials().size() + 4);
    }

    @Test
    void theRuleIsNoPartOfATrial() {
        Experiment with = experiment(RULE, List.of(1L), List.of(1L));
        Experiment without = experiment(new StoppingRule("cbn", "bn", 2, 9), List.of(1L), List.of(1L));
        assertThat(with.trials()).isEqualTo(without.trials());
    }

    @Test
    void aRuleThatIsMetOrBrokenBeforeItStartsIsRefused() {
        assertThatThrownBy(() -> experiment(new StoppingRule("swap", "bn", 0.5, 6), List.of(1L), List.of(1L)))
                .hasMessageContaining("stoppingRule names the arm 'swap'");
        List<Long> seven = List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThatThrownBy(() -> experiment(RULE, seven, seven))
                .hasMessageContaining("mostSeeds is 6")
                .hasMessageContaining("7 seeds");
        assertThatThrownBy(() -> new StoppingRule("cbn", "bn", 0, 6)).hasMessageContaining("halfWidth is 0.0");
        assertThatThrownBy(() -> new StoppingRule("cbn", "bn", 1, 1)).hasMessageContaining("two pairs");
        assertThatThrownBy(() -> new StoppingRule("bn", "bn", 1, 5)).hasMessageContaining("expected two arms");
    }

    private static Experiment experiment(StoppingRule rule, List<Long> treatment, List<Long> baseline) {
        Normalization bn = new Normalization.BatchNorm(1e-5, 0.1);
        Map<String, Arm> arms = Map.of(
                "bn", new Arm("BN", bn, Head.OFF, Optional.empty(), baseline),
                "cbn",
                        new Arm(
                                "CBN",
                                new Normalization.CompleteBatchNorm(1, 1e-5, 0.1),
                                Head.OFF,
                                Optional.empty(),
                                treatment),
                "none", new Arm("None", new Normalization.None(), Head.OFF, Optional.empty(), List.of(1L)));
        return new Experiment(
                "e",
                "",
                new DatasetSpec("tiny", 4, 2),
                List.of("plain-8"),
                List.of(Activation.RELU),
                ExperimentTest.RECIPE,
                List.of(),
                arms,
                List.of(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.of(rule),
                Optional.empty());
    }
}
