package normlab.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import normlab.experiment.Precision;
import normlab.port.StoreException;
import normlab.provenance.Sha256;
import normlab.task.TaskContext;
import normlab.task.TaskInProgress;
import normlab.task.Tasks.TrialInput;
import normlab.testkit.SilentContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Four steps an epoch, two epochs, a checkpoint every two steps and after each epoch. */
class ResumeTest {
    private static final String WHOLE = "trials/whole";

    private final TinyTrials trials = new TinyTrials();

    @BeforeEach
    void trainOneWithoutInterruption() throws Exception {
        trials.train().run(trials.trial(WHOLE), new SilentContext());
    }

    @Test
    void aRunKilledBeforeAnyStepEndsAsOneThatWasNot() throws Exception {
        for (int step = 0; step < TinyTrials.STEPS; step++) {
            TrialInput input = trials.trial("trials/killed-" + step);
            StepContext killing = StepContext.killBefore(step);
            assertThatThrownBy(() -> trials.train().run(input, killing)).isInstanceOf(KillingStore.Killed.class);
            StepContext rest = StepContext.stopBefore(-1);
            trials.train().run(input, rest);
            assertEndedAsTheWhole(input, "killed before step " + step);
            assertThat(TinyTrials.STEPS - rest.steps()).isBetween(step - 2, step);
        }
    }

    @Test
    void aRunInBfloat16KilledWithinAnEpochEndsAsOneThatWasNot() throws Exception {
        TrialInput whole = trials.trial("trials/narrow", 1, Precision.BFLOAT16);
        trials.train().run(whole, new SilentContext());
        TrialInput input = trials.trial("trials/narrow-killed", 1, Precision.BFLOAT16);
        assertThatThrownBy(() -> trials.train().run(input, StepContext.killBefore(3)))
                .isInstanceOf(KillingStore.Killed.class);
        trials.train().run(input, new SilentContext());
        assertThat(trials.model("trials/narrow-killed"))
                .isEqualTo(trials.model("trials/narrow"))
                .isNotEqualTo(trials.model(WHOLE));
        assertThat(trials.measured("trials/narrow-killed")).isEqualTo(trials.measured("trials/narrow"));
    }

    @Test
    void aRunHandedBackBeforeAnyStepEndsAsOneThatWasNotAndRepeatsNoStep() throws Exception {
        for (int step = 0; step < TinyTrials.STEPS; step++) {
            TrialInput input = trials.trial("trials/stopped-" + step);
            StepContext stopping = StepContext.stopBefore(step);
            assertThatThrownBy(() -> trials.train().run(input, stopping)).isInstanceOf(TaskInProgress.class);
            StepContext rest = StepContext.stopBefore(-1);
            trials.train().run(input, rest);
            assertEndedAsTheWhole(input, "stopped before step " + step);
            assertThat(rest.steps()).isEqualTo(TinyTrials.STEPS - step);
        }
    }

    @Test
    void aRunKilledInAnyChangeOfTheStoreEndsAsOneThatWasNot() throws Exception {
        KillingStore counting = new KillingStore(trials.store());
        trials.train(counting).run(trials.trial("trials/counted"), new SilentContext());
        assertThat(counting.changes()).isGreaterThan(10);
        for (int change = 0; change < counting.changes(); change++) {
            for (KillingStore.Moment moment : KillingStore.Moment.values()) {
                TrialInput input = trials.trial("trials/change-%d-%s".formatted(change, moment));
                KillingStore killing = new KillingStore(trials.store(), change, moment);
                assertThatThrownBy(() -> trials.train(killing).run(input, new SilentContext()))
                        .isInstanceOf(KillingStore.Killed.class);
                trials.train().run(input, new SilentContext());
                assertEndedAsTheWhole(input, "killed %s change %d".formatted(moment, change));
            }
        }
    }

    @Test
    void aDamagedCheckpointIsPassedOverForTheOneBeforeAndTwoForTheStart() throws Exception {
        for (int damaged = 1; damaged <= 2; damaged++) {
            TrialInput input = trials.trial("trials/damaged-" + damaged);
            assertThatThrownBy(() -> trials.train().run(input, StepContext.killBefore(7)))
                    .isInstanceOf(KillingStore.Killed.class);
            List<String> kept = trials.store().list(input.trial().prefix() + "/checkpoint/");
            assertThat(kept).hasSize(2);
            for (String key : kept.reversed().subList(0, damaged)) {
                byte[] bytes = trials.store().require(key);
                bytes[bytes.length - 1] ^= 1;
                trials.store().put(key, bytes);
            }
            StepContext rest = StepContext.stopBefore(-1);
            trials.train().run(input, rest);
            assertEndedAsTheWhole(input, damaged + " checkpoints damaged");
            assertThat(rest.steps()).isEqualTo(damaged == 1 ? 4 : 8);
        }
    }

    @Test
    void theCheckpointOfAnotherTrialIsNotTakenUp() throws Exception {
        TrialInput other = trials.trial("trials/other-seed", 2);
        assertThatThrownBy(() -> trials.train().run(other, StepContext.killBefore(7)))
                .isInstanceOf(KillingStore.Killed.class);
        TrialInput input = trials.trial("trials/foreign");
        for (String key : trials.store().list(other.trial().prefix() + "/checkpoint/")) {
            trials.store()
                    .put(
                            key.replace(other.trial().prefix(), input.trial().prefix()),
                            trials.store().require(key));
        }
        StepContext all = StepContext.stopBefore(-1);
        trials.train().run(input, all);
        assertThat(all.steps()).isEqualTo(TinyTrials.STEPS);
        assertEndedAsTheWhole(input, "the checkpoints of another seed");
    }

    @Test
    void aCheckpointThatDoesNotNameItsTrialIsNotTakenUp() throws Exception {
        TrialInput input = trials.trial("trials/nameless");
        assertThatThrownBy(() -> trials.train().run(input, StepContext.killBefore(7)))
                .isInstanceOf(KillingStore.Killed.class);
        for (String key : trials.store().list(input.trial().prefix() + "/checkpoint/")) {
            trials.store().put(key, withoutTrial(trials.store().require(key)));
        }
        StepContext all = StepContext.stopBefore(-1);
        trials.train().run(input, all);
        assertThat(all.steps()).isEqualTo(TinyTrials.STEPS);
        assertEndedAsTheWhole(input, "checkpoints without a trial's key");
    }

    /** As earlier versions wrote it: the SHA-256 of the rest on the first line. */
    private static byte[] withoutTrial(byte[] checkpoint) {
        String text = new String(checkpoint, StandardCharsets.ISO_8859_1);
        String rest = text.substring(text.indexOf('\n') + 1).replaceFirst("\"trial\":\"[0-9a-f]{64}\",?", "");
        assertThat(rest).hasSizeLessThan(text.length() - 65);
        byte[] bytes = rest.getBytes(StandardCharsets.ISO_8859_1);
        return (Sha256.of(bytes) + "\n" + rest).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void aStoreThatIsAwayIsNotTakenForADamagedCheckpoint() {
        TrialInput input = trials.trial("trials/away");
        assertThatThrownBy(() -> trials.train().run(input, StepContext.killBefore(7)))
                .isInstanceOf(KillingStore.Killed.class);
        KillingStore away = new KillingStore(trials.store()) {
            @Override
            public boolean read(String key, Sink sink) {
                if (key.contains("/checkpoint/")) {
                    throw new StoreException("away", true);
                }
                return super.read(key, sink);
            }
        };
        assertThatThrownBy(() -> trials.train(away).run(input, new SilentContext()))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void aTwinThatComesBackAfterTheTrialIsCompleteChangesNothingAndStops() throws Exception {
        TrialInput input = trials.trial("trials/twins");
        TreeMap<String, byte[]> completed = new TreeMap<>();
        TaskContext overtaken = StepContext.before(5, () -> {
            run(input);
            completed.putAll(results(input));
        });
        assertThatThrownBy(() -> trials.train().run(input, overtaken))
                .isInstanceOf(TaskInProgress.class)
                .hasMessageContaining("another worker has completed");
        assertThat(results(input)).containsExactlyEntriesOf(completed);
        assertEndedAsTheWhole(input, "overtaken");
    }

    @Test
    void aTwinThatIsOvertakenBehindItsLastCheckpointChangesNothing() throws Exception {
        TrialInput input = trials.trial("trials/twins");
        TreeMap<String, byte[]> completed = new TreeMap<>();
        Train.EpochListener overtaken = (trial, journal) -> {
            if (journal.size() == 2) {
                // Another attempt from the start: its rows have other times.
                trials.store().list(input.trial().prefix() + "/checkpoint/").forEach(trials.store()::delete);
                run(input);
                completed.putAll(results(input));
            }
        };
        trials.train(trials.store(), overtaken).run(input, new SilentContext());
        assertThat(results(input)).containsExactlyEntriesOf(completed);
        assertEndedAsTheWhole(input, "overtaken at the end");
    }

    private void run(TrialInput input) {
        try {
            trials.train().run(input, new SilentContext());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What is final: all but what only a running training needs. */
    private TreeMap<String, byte[]> results(TrialInput input) {
        TreeMap<String, byte[]> results = new TreeMap<>();
        for (String key : trials.store().list(input.trial().prefix() + "/")) {
            if (!key.contains("/checkpoint/") && !key.contains("/progress/")) {
                results.put(key, trials.store().require(key));
            }
        }
        return results;
    }

    private void assertEndedAsTheWhole(TrialInput input, String how) {
        assertThat(trials.model(input.trial().prefix())).as(how).isEqualTo(trials.model(WHOLE));
        assertThat(trials.measured(input.trial().prefix())).as(how).isEqualTo(trials.measured(WHOLE));
        assertThat(trials.archive(input.trial().prefix())
                        .training()
                        .orElseThrow()
                        .modelSha256())
                .as(how)
                .isEqualTo(trials.archive(WHOLE).training().orElseThrow().modelSha256());
    }
}
