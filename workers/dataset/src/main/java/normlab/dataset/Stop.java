package normlab.dataset;

import normlab.task.TaskContext;
import normlab.task.TaskInProgress;

/** Where long work asks whether it is still wanted. Nothing is lost by stopping: preparation starts over. */
final class Stop {
    private Stop() {}

    /** @throws TaskInProgress if the process is to stop or the task was ended from outside */
    static void ifAsked(TaskContext context) throws TaskInProgress {
        if (context.stopRequested() || context.ended() || Thread.currentThread().isInterrupted()) {
            throw new TaskInProgress("the preparation was asked to stop; it will start over");
        }
    }
}
