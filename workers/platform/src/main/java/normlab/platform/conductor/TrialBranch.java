package normlab.platform.conductor;

import java.util.List;
import java.util.Optional;
import normlab.task.TaskAttempt;
import normlab.task.TaskStatus;
import normlab.trial.TrialId;

/**
 * One trial of a campaign.
 *
 * @param status scheduled until a worker has begun to train; running until the model is scored
 * @param paused whether somebody paused its workflow: no task of it starts until it is resumed
 * @param reason why it failed
 * @param attempts all of them, in the order in which they were queued: when each waited, worked and ended, and why it
 *     was not the last
 */
public record TrialBranch(
        TrialId trial,
        TaskStatus status,
        boolean paused,
        Optional<String> reason,
        Optional<TaskAttempt> train,
        Optional<TaskAttempt> evaluate,
        List<TaskAttempt> attempts) {
    public TrialBranch {
        attempts = List.copyOf(attempts);
    }
}
