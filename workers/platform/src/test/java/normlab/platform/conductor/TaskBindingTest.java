package normlab.platform.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.conductor.common.metadata.tasks.Task;
import com.netflix.conductor.common.metadata.tasks.TaskResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import normlab.json.InvalidInputException;
import normlab.port.StoreException;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;
import normlab.task.Tasks.TrainOutput;
import normlab.task.Tasks.TrialInput;
import normlab.testkit.SilentContext;
import normlab.trial.TrialId;
import org.junit.jupiter.api.Test;

class TaskBindingTest {
    private static final Map<String, Object> GOOD = Map.of("run", "r1", "prefix", "trials/1");

    @Test
    void aResultBecomesPlainValuesUnderTheNamesOfItsComponents() {
        TaskResult result = run(GOOD, input -> new TrainOutput("completed", 3, "ab", 1.5, false));

        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.COMPLETED);
        assertThat(result.getOutputData())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "outcome", "completed", "epochs", 3, "modelSha256", "ab", "seconds", 1.5, "reused", false));
    }

    @Test
    void theTaskGetsItsInputAsARecord() {
        TaskResult result = run(GOOD, input -> {
            assertThat(input).isEqualTo(new TrialInput("r1", TrialId.at("trials/1")));
            return Benchmarks.TRAINED;
        });

        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.COMPLETED);
    }

    @Test
    void anUnknownFieldFailsForGoodAndIsNamed() {
        TaskResult result = run(Map.of("run", "r1", "prefix", "trials/1", "epoch", 3), input -> Benchmarks.TRAINED);

        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.FAILED_WITH_TERMINAL_ERROR);
        assertThat(result.getReasonForIncompletion()).contains("input of train", "epoch is not known here");
    }

    @Test
    void aMissingFieldFailsForGoodAndIsNamed() {
        TaskResult result = run(Map.of("run", "r1"), input -> Benchmarks.TRAINED);

        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.FAILED_WITH_TERMINAL_ERROR);
        assertThat(result.getReasonForIncompletion()).contains("prefix is missing");
    }

    @Test
    void whatARecordRefusesFailsForGood() {
        TaskResult result = run(Map.of("run", "R 1", "prefix", "trials/1"), input -> Benchmarks.TRAINED);

        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.FAILED_WITH_TERMINAL_ERROR);
        assertThat(result.getReasonForIncompletion()).contains("run is 'R 1'");
    }

    @Test
    void aPermanentFailureIsNotTriedAgain() {
        assertFailure(
                TaskFailure.permanent("sha256 differs"),
                TaskResult.Status.FAILED_WITH_TERMINAL_ERROR,
                "sha256 differs");
    }

    @Test
    void anInputThatTheTaskFindsInvalidIsNotTriedAgain() {
        assertFailure(
                new InvalidInputException("spec.json", "network is missing"),
                TaskResult.Status.FAILED_WITH_TERMINAL_ERROR,
                "[spec.json] 1 problem: network is missing");
    }

    @Test
    void aStoreThatHoldsWhatItShouldNotIsNotTriedAgain() {
        assertFailure(
                new StoreException("[model] sha256 is 3f", false),
                TaskResult.Status.FAILED_WITH_TERMINAL_ERROR,
                "[model] sha256 is 3f");
    }

    @Test
    void aStoreThatIsAwayIsWaitedForAndCostsNoAttempt() {
        TaskResult result = run(GOOD, input -> {
            throw new StoreException("the store is away", true, new IOException("connection refused"));
        });

        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.IN_PROGRESS);
        assertThat(result.getCallbackAfterSeconds()).isPositive();
        assertThat(result.getReasonForIncompletion())
                .isEqualTo("waiting: the store is away; caused by IOException: connection refused");
    }

    @Test
    void aTransientFailureIsTriedAgain() {
        assertFailure(
                TaskFailure.transientCause("mirror is slow", new IOException("timed out")),
                TaskResult.Status.FAILED,
                "mirror is slow; caused by IOException: timed out");
    }

    @Test
    void aMistakeInTheCodeIsTriedAgain() {
        assertFailure(
                new IllegalStateException("no epoch"), TaskResult.Status.FAILED, "IllegalStateException: no epoch");
    }

    @Test
    void anErrorOfTheMachineIsTriedAgain() {
        assertFailure(new InternalError("of the JVM"), TaskResult.Status.FAILED, "InternalError: of the JVM");
    }

    /** Every attempt needs as much. */
    @Test
    void whatDoesNotFitIntoMemoryIsNotTriedAgainAndSaysWhatToDo() {
        for (Throwable failure : List.of(
                new OutOfMemoryError("Java heap space"),
                new IllegalStateException("loading failed", new OutOfMemoryError("Cannot reserve direct memory")),
                new IllegalStateException("DefaultCPUAllocator: can't allocate memory: you tried to allocate 1 bytes"),
                new IllegalStateException("CUDA out of memory. Tried to allocate 2.00 GiB"))) {
            TaskResult result = run(GOOD, input -> {
                throw failure;
            });
            assertThat(result.getStatus()).isEqualTo(TaskResult.Status.FAILED_WITH_TERMINAL_ERROR);
            assertThat(result.getReasonForIncompletion())
                    .contains(
                            "[train] ran out of memory (",
                            "MiB of Java heap",
                            "lower recipe.batchSize",
                            "./normlab plan");
        }
    }

    @Test
    void aTaskHandedBackIsOfferedAgainAtOnce() {
        TaskResult result = run(GOOD, input -> {
            throw new TaskInProgress("checkpoint of epoch 3 is written");
        });

        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.IN_PROGRESS);
        assertThat(result.getCallbackAfterSeconds()).isZero();
    }

    private static void assertFailure(Throwable failure, TaskResult.Status status, String reason) {
        TaskResult result = run(GOOD, input -> {
            throw failure;
        });

        assertThat(result.getStatus()).isEqualTo(status);
        assertThat(result.getReasonForIncompletion()).isEqualTo(reason);
        assertThat(result.getLogs()).isEmpty();
    }

    private static TaskResult run(Map<String, Object> input, Training training) {
        Task offered = new Task();
        offered.setTaskId("t1");
        offered.setWorkflowInstanceId("w1");
        offered.setInputData(input);
        offered.setStatus(Task.Status.IN_PROGRESS);
        return TaskBinding.of(
                        new FakeTask<>("train", TrialInput.class, (in, context) -> TaskBindingTest.run(training, in)))
                .run(offered, new SilentContext());
    }

    /** Lets a test throw anything, as a library in a task may. */
    private static TrainOutput run(Training training, TrialInput input) throws TaskFailure, TaskInProgress {
        try {
            return training.run(input);
        } catch (TaskFailure | TaskInProgress | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a task cannot throw " + e, e);
        }
    }

    private interface Training {
        TrainOutput run(TrialInput input) throws Throwable;
    }
}
