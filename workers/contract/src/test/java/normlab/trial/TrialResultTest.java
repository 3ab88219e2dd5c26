package normlab.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import normlab.experiment.Activation;
import normlab.experiment.DatasetSpec;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.Recipe;
import normlab.experiment.TrialSpec;
import normlab.json.Json;
import normlab.provenance.Machine;
import normlab.provenance.TrainingStack;
import normlab.provenance.TrialIdentity;
import org.junit.jupiter.api.Test;

class TrialResultTest {
    @Test
    void aTrialAtChanceOrDivergedIsDead() {
        assertThat(result(Outcome.COMPLETED, 0.11, Optional.empty()).isDead()).isTrue();
        assertThat(result(Outcome.COMPLETED, 0.4, Optional.empty()).isDead()).isFalse();
        assertThat(result(Outcome.DIVERGED, 0.4, Optional.empty()).isDead()).isTrue();
    }

    @Test
    void aTrialThatCollapsesWithRunningStatisticsAloneIsAlive() {
        assertThat(result(Outcome.COMPLETED, 0.1, Optional.of(scores(0.5))).isDead())
                .isFalse();
    }

    @Test
    void aResultOfAnEarlierVersionIsReadWithoutPreciseStatistics() {
        TrialResult result = result(Outcome.COMPLETED, 0.4, Optional.empty());
        assertThat(Json.write(result)).doesNotContain("testPrecise");
        assertThat(Json.read(Json.bytes(result), TrialResult.class, "result")).isEqualTo(result);
    }

    private static TrialResult result(Outcome outcome, double accuracy, Optional<Scores> precise) {
        TrialSpec spec = new TrialSpec(
                new DatasetSpec("tiny", 4, 2),
                "plain-8",
                Activation.RELU,
                new Normalization.None(),
                Head.OFF,
                new Recipe(0.1, 0.9, 0, 2, 1, 0),
                1);
        TrainingStack stack = new TrainingStack("sources", "djl", "pytorch", "cpu", 1);
        Machine machine = new Machine("Linux", "test", 2, 8192, "test VM", "cpu");
        TrainingRecord training =
                new TrainingRecord(outcome, 1, "model", 10, 0, Instant.EPOCH, Instant.EPOCH, 1, machine);
        return new TrialResult(
                new TrialIdentity(spec, "data", stack), training, scores(accuracy), precise, 1, 1, Instant.EPOCH, 1);
    }

    private static Scores scores(double accuracy) {
        return new Scores(1, accuracy, 1, Collections.nCopies(10, accuracy), List.of());
    }
}
