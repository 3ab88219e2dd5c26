package normlab.app.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import normlab.app.campaign.FailureLog;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;
import normlab.task.Tasks.TrialInput;
import normlab.testkit.InMemoryArtifactStore;
import normlab.testkit.SilentContext;
import normlab.trial.TrialId;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class FailureLoggingTaskTest {
    private static final TrialInput TRIAL = new TrialInput("run-1", TrialId.shared("0123"));

    private final ArtifactStore store = new InMemoryArtifactStore();
    private final FailureLog log = new FailureLog(store, TRIAL.campaign(), TRIAL.trial());

    @Test
    void aFailureKeepsTheEndOfTheTrialsLogAndIsNamedWithIt() {
        RecentEvents events = RecentEvents.listening();
        say("other", "of another trial");
        say("0123", "epoch 3 ends");
        assertThatThrownBy(() -> new FailureLoggingTask<>(
                                failing(TaskFailure.permanent("no such network")), store, events::of)
                        .run(TRIAL, new SilentContext()))
                .hasMessage("no such network");
        assertThat(log.key()).isEqualTo("runs/run-1/failures/0123.log");
        assertThat(new String(log.read().orElseThrow(), UTF_8))
                .contains("epoch 3 ends", "train failed:", "no such network")
                .doesNotContain("of another trial");
        assertThat(log.with("no such network")).endsWith("the end of its log: runs/run-1/failures/0123.log");
    }

    @Test
    void onlyTheEndOfALongLogIsKept() {
        String line = "x".repeat(1_000);
        assertThatThrownBy(() -> new FailureLoggingTask<>(
                                failing(new IllegalStateException("at last")),
                                store,
                                trial -> Collections.nCopies(100, line))
                        .run(TRIAL, new SilentContext()))
                .hasMessage("at last");
        assertThat(log.read().orElseThrow()).hasSizeLessThan(33_000);
        assertThat(new String(log.read().orElseThrow(), UTF_8)).contains("at last");
    }

    @Test
    void workThatIsHandedBackOrWaitsForTheStoreHasNotFailed() {
        for (Exception pause : List.of(new TaskInProgress("stopped"), new StoreException("away", true))) {
            assertThatThrownBy(() -> new FailureLoggingTask<>(failing(pause), store, trial -> List.of())
                            .run(TRIAL, new SilentContext()))
                    .isSameAs(pause);
        }
        assertThat(log.read()).isEmpty();
        assertThat(log.with("reason")).isEqualTo("reason");
    }

    private static void say(String trial, String message) {
        MDC.put("trial", trial);
        LoggerFactory.getLogger(FailureLoggingTaskTest.class).error(message);
        MDC.remove("trial");
    }

    private static Task<TrialInput, TrialInput> failing(Exception failure) {
        return new Task<>() {
            @Override
            public String name() {
                return "train";
            }

            @Override
            public Class<TrialInput> inputType() {
                return TrialInput.class;
            }

            @Override
            public TrialInput run(TrialInput input, TaskContext context) throws TaskFailure, TaskInProgress {
                switch (failure) {
                    case TaskFailure e -> throw e;
                    case TaskInProgress e -> throw e;
                    case RuntimeException e -> throw e;
                    default -> throw new AssertionError(failure);
                }
            }
        };
    }
}
