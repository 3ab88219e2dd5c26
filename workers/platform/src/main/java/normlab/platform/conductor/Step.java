package normlab.platform.conductor;

import com.netflix.conductor.common.metadata.tasks.Task;
import java.time.Instant;
import java.util.Optional;

/**
 * One attempt of a task of a campaign; where nothing else is said, the latest.
 *
 * @param name reference name in the workflow: {@code plan}, {@code train}, {@code dataset_fashion_mnist}
 * @param attempt from 1
 * @param queuedAt when this attempt was offered to workers
 * @param worker who has or had it: host, process and role
 * @param reason why it failed, or why the attempt before failed
 * @param workflow id of the workflow whose task it is: the campaign's, or a trial's own
 */
public record Step(
        String name,
        Status status,
        int attempt,
        Optional<String> worker,
        Optional<Instant> queuedAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<String> reason,
        Optional<String> workflow) {

    /** How far a step is. */
    public enum Status {
        SCHEDULED,
        RUNNING,
        COMPLETED,
        FAILED,
        CANCELLED
    }

    static Step of(Task task) {
        return new Step(
                task.getReferenceTaskName(),
                status(task.getStatus()),
                task.getRetryCount() + 1,
                Optional.ofNullable(task.getWorkerId()),
                time(task.getScheduledTime()),
                time(task.getStartTime()),
                time(task.getEndTime()),
                Optional.ofNullable(task.getReasonForIncompletion()),
                Optional.ofNullable(task.getWorkflowInstanceId()));
    }

    /** Conductor's milliseconds, where 0 is never. */
    static Optional<Instant> time(long millis) {
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    static Status status(Task.Status status) {
        return switch (status) {
            case SCHEDULED -> Status.SCHEDULED;
            case IN_PROGRESS -> Status.RUNNING;
            case COMPLETED, SKIPPED -> Status.COMPLETED;
            case COMPLETED_WITH_ERRORS, FAILED, FAILED_WITH_TERMINAL_ERROR, TIMED_OUT -> Status.FAILED;
            case CANCELED -> Status.CANCELLED;
        };
    }
}
