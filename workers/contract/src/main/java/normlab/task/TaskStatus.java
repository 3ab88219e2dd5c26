package normlab.task;

/** How far an attempt of a task is. */
public enum TaskStatus {
    /** Offered to the workers; none has taken it. */
    SCHEDULED,
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELLED;

    /** Whether the attempt has ended, well or not. */
    public boolean ended() {
        return this != SCHEDULED && this != RUNNING;
    }
}
