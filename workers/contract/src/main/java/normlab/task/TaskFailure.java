package normlab.task;

import org.jspecify.annotations.Nullable;

/** A task that failed, and whether another attempt could help. */
public final class TaskFailure extends Exception {
    private final boolean permanent;

    private TaskFailure(String message, boolean permanent, @Nullable Throwable cause) {
        super(message, cause);
        this.permanent = permanent;
    }

    /** Wrong input or a broken promise: the next attempt would fail alike. */
    public static TaskFailure permanent(String message) {
        return new TaskFailure(message, true, null);
    }

    public static TaskFailure permanent(String message, Throwable cause) {
        return new TaskFailure(message, true, cause);
    }

    /** The outside world failed: worth another attempt. */
    public static TaskFailure transientCause(String message, Throwable cause) {
        return new TaskFailure(message, false, cause);
    }

    public boolean isPermanent() {
        return permanent;
    }
}
