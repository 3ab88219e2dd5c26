package normlab.platform.conductor;

import com.netflix.conductor.common.metadata.tasks.Task;
import java.time.Instant;
import java.util.Optional;
import normlab.task.TaskAttempt;
import normlab.task.TaskStatus;

/** Conductor's tasks, of which each stands for one attempt, in our terms. */
final class TaskAttempts {
    private TaskAttempts() {}

    static TaskAttempt of(Task task) {
        return new TaskAttempt(
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

    /** Conductor's milliseconds, where 0 means never. */
    static Optional<Instant> time(long millis) {
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    static TaskStatus status(Task.Status status) {
        return switch (status) {
            case SCHEDULED -> TaskStatus.SCHEDULED;
            case IN_PROGRESS -> TaskStatus.RUNNING;
            case COMPLETED, SKIPPED -> TaskStatus.COMPLETED;
            case COMPLETED_WITH_ERRORS, FAILED, FAILED_WITH_TERMINAL_ERROR, TIMED_OUT -> TaskStatus.FAILED;
            case CANCELED -> TaskStatus.CANCELLED;
        };
    }
}
