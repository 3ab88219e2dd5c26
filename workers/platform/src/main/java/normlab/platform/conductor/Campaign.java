package normlab.platform.conductor;

import com.netflix.conductor.common.run.Workflow.WorkflowStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * A campaign as Conductor lists it.
 *
 * @param run id of the campaign
 * @param workflowId by which Conductor knows it
 * @param reason why it failed or was cancelled
 */
public record Campaign(
        String run,
        String workflowId,
        Status status,
        Instant startedAt,
        Optional<Instant> endedAt,
        Optional<String> reason) {

    /** How far a campaign is. A completed one has a report; trials in it may have failed. */
    public enum Status {
        RUNNING,
        PAUSED,
        COMPLETED,
        FAILED,
        CANCELLED,
        TIMED_OUT;

        /** Whether nothing more happens by itself. */
        public boolean ended() {
            return this != RUNNING && this != PAUSED;
        }
    }

    static Status status(WorkflowStatus status) {
        return switch (status) {
            case RUNNING -> Status.RUNNING;
            case PAUSED -> Status.PAUSED;
            case COMPLETED -> Status.COMPLETED;
            case FAILED -> Status.FAILED;
            case TERMINATED -> Status.CANCELLED;
            case TIMED_OUT -> Status.TIMED_OUT;
        };
    }
}
