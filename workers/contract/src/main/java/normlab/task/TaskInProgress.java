package normlab.task;

import java.time.Duration;

/**
 * Thrown by a task that stops before it is done, with its progress saved: it goes back to the queue in Conductor's status
 * {@code IN_PROGRESS}, and the worker that polls it next continues it. No attempt is spent.
 */
public final class TaskInProgress extends Exception {
    private final Duration callbackAfter;

    /** The task may be polled again at once. */
    public TaskInProgress(String message) {
        this(message, Duration.ZERO);
    }

    /** @param callbackAfter the delay before the task may be polled again, in whole seconds */
    public TaskInProgress(String message, Duration callbackAfter) {
        super(message);
        this.callbackAfter = callbackAfter;
    }

    public Duration callbackAfter() {
        return callbackAfter;
    }
}
