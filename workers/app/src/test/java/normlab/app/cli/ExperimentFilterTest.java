package normlab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import normlab.experiment.ArmTrial;
import normlab.experiment.Experiment;
import normlab.platform.config.ExperimentFiles;
import org.junit.jupiter.api.Test;

class ExperimentFilterTest {
    private static final Path EXPERIMENTS = Path.of(System.getProperty("normlab.home"), "workflows/experiments");
    private final ExperimentFilter selection = new ExperimentFilter(new ExperimentFiles(EXPERIMENTS).load("quick"));

    @Test
    void withoutAFilterAnExperimentStaysAsItIs() {
        assertThat(selection.experiment()).isEqualTo(new ExperimentFiles(EXPERIMENTS).load("quick"));
    }

    @Test
    void filtersOfSeveralAxesHoldTogether() {
        selection.keep("activation=sigmoid,tanh");
        selection.keep("arm=bn,cbn");
        selection.keep("seed=2");
        assertThat(labels(selection.experiment()))
                .containsExactly("sigmoid-bn-s2", "sigmoid-cbn-s2", "tanh-bn-s2", "tanh-cbn-s2");
    }

    @Test
    void comparisonsOfArmsThatAreDroppedGoWithThem() {
        selection.keep("arm=bn,cbn");
        assertThat(selection.experiment().comparisons())
                .extracting("treatment", "baseline")
                .containsExactly(org.assertj.core.groups.Tuple.tuple("cbn", "bn"));
    }

    @Test
    void aSeedThatAnArmDoesNotHaveDropsTheArm() {
        selection.keep("seed=5");
        assertThat(selection.experiment().arms()).containsOnlyKeys("bn", "bn-post", "cbn");
    }

    @Test
    void seedsAreANumberOrAList() {
        selection.seeds("2");
        assertThat(seedsOfNone()).containsExactly(1L, 2L);
        selection.seeds("3,8");
        assertThat(seedsOfNone()).containsExactly(3L, 8L);
    }

    @Test
    void moreSeedsThanAnyCampaignNeedsAreRefusedBeforeTheyAreCounted() {
        assertThatThrownBy(() -> selection.seeds("1000000")).hasMessageContaining("expected at most 1,000");
    }

    @Test
    void whatIsNotInTheExperimentIsNamedWithTheNearestThatIs() {
        assertThatThrownBy(() -> selection.keep("activation=sigmiod")).hasMessageContaining("did you mean sigmoid?");
        assertThatThrownBy(() -> selection.keep("activations=relu")).hasMessageContaining("did you mean activation?");
        assertThatThrownBy(() -> selection.seeds("many")).hasMessageContaining("--seeds many");
    }

    private List<Long> seedsOfNone() {
        return Objects.requireNonNull(selection.experiment().arms().get("none")).seeds();
    }

    private static List<String> labels(Experiment experiment) {
        return experiment.trials().stream().map(ArmTrial::label).toList();
    }
}
