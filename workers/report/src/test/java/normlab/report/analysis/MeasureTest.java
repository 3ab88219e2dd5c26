package normlab.report.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import normlab.report.Fixture;
import normlab.report.campaign.TrialOutcome;
import normlab.trial.TrialResult;
import org.junit.jupiter.api.Test;

class MeasureTest {
    private static final TrialOutcome TRIAL = Fixture.quick().trials().stream()
            .filter(t -> t.planned().label().equals("sigmoid-none-s0"))
            .findFirst()
            .orElseThrow();

    @Test
    void accuracyIsInPercentAndTheAucIsTheMeanOverEpochs() {
        assertThat(Measure.ACCURACY.of(TRIAL)).hasValueCloseTo(10.0, within(1e-12));
        assertThat(Measure.AUC.of(TRIAL)).hasValueCloseTo(2.303, within(1e-12));
    }

    @Test
    void aNonFiniteLossIsAbsent() {
        TrialResult r = TRIAL.result().orElseThrow();
        TrialResult spoilt = new TrialResult(
                r.identity(), r.training(), r.test(), Double.NaN, Double.POSITIVE_INFINITY, r.evaluatedAt(), 1);
        TrialOutcome trial = with(spoilt, TRIAL);
        assertThat(Measure.TRAIN_LOSS.of(trial)).isEmpty();
        assertThat(Measure.TRAIN_LOSS_TRAIN_MODE.of(trial)).isEmpty();
        assertThat(Measure.ACCURACY.of(trial)).isPresent();
    }

    @Test
    void aJournalWithAMissingEpochHasNoAuc() {
        TrialOutcome shorter = new TrialOutcome(
                TRIAL.planned(), TRIAL.spec(), TRIAL.result(), TRIAL.journal().subList(0, 3), Optional.empty());
        assertThat(Measure.AUC.of(shorter)).isEmpty();
    }

    private static TrialOutcome with(TrialResult result, TrialOutcome trial) {
        return new TrialOutcome(trial.planned(), trial.spec(), Optional.of(result), List.of(), Optional.empty());
    }
}
