package normlab.dataset;

import normlab.task.HandBack;
import normlab.task.TaskContext;

/** Where long work asks whether it is still wanted. Nothing is lost by stopping: preparation starts over. */
final class Stop {
    private Stop() {}

    /** @throws HandBack if the process is to stop or the task was ended from outside */
    static void ifAsked(TaskContext context) throws HandBack {
        if (context.stopRequested() || context.ended() || Thread.currentThread().isInterrupted()) {
            throw new HandBack("the preparation was asked to stop; it will start over");
        }
    }
}
