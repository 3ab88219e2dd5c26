package normlab.platform.conductor;

import com.netflix.conductor.common.metadata.tasks.Task;
import com.netflix.conductor.common.metadata.tasks.TaskResult;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import normlab.task.TaskAttempt;
import normlab.task.TaskContext;
import normlab.task.TaskStatus;

/** One attempt of a task of an {@link InMemoryEngine}, offered to its workers. */
final class InMemoryTask implements TaskContext {
    private final Map<String, Object> input;
    private final BooleanSupplier ended;
    private final CompletableFuture<TaskResult> result = new CompletableFuture<>();
    private volatile TaskAttempt step;

    InMemoryTask(String workflow, String reference, int attempt, Map<String, Object> input, BooleanSupplier ended) {
        this.input = input;
        this.ended = ended;
        step = new TaskAttempt(
                reference,
                TaskStatus.SCHEDULED,
                attempt,
                Optional.empty(),
                Optional.of(Instant.now()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(workflow));
    }

    /** The worker does the task; what its campaign no longer waits for is passed by. */
    void run(TaskBinding binding, String worker) {
        if (ended()) {
            return;
        }
        step = now(TaskStatus.RUNNING, Optional.of(worker), Optional.empty());
        Task offered = new Task();
        offered.setTaskId(step.name());
        offered.setStatus(Task.Status.IN_PROGRESS);
        offered.setInputData(input);
        TaskResult done = binding.run(offered, this);
        boolean completed = done.getStatus() == TaskResult.Status.COMPLETED;
        step = now(
                completed ? TaskStatus.COMPLETED : TaskStatus.FAILED,
                Optional.of(worker),
                Optional.ofNullable(done.getReasonForIncompletion()));
        result.complete(done);
    }

    /** @throws CancellationException if the campaign is cancelled meanwhile */
    TaskResult await() throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    void cancel() {
        if (result.cancel(false)) {
            step = now(TaskStatus.CANCELLED, step.worker(), Optional.empty());
        }
    }

    TaskAttempt step() {
        return step;
    }

    private TaskAttempt now(TaskStatus status, Optional<String> worker, Optional<String> reason) {
        Optional<Instant> now = Optional.of(Instant.now());
        boolean running = status == TaskStatus.RUNNING;
        return new TaskAttempt(
                step.name(),
                status,
                step.attempt(),
                worker,
                step.queuedAt(),
                running ? now : step.startedAt(),
                running ? Optional.empty() : now,
                reason,
                step.workflow());
    }

    @Override
    public boolean ended() {
        return ended.getAsBoolean();
    }

    @Override
    public boolean stopRequested() {
        return false;
    }

    @Override
    public void log(String line) {}
}
