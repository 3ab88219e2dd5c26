package normlab.task;

/** What a running task may ask and tell. */
public interface TaskContext {
    /** Whether the process is to stop: make the work safe and throw {@link TaskInProgress}. */
    boolean stopRequested();

    /** Whether the task has been ended from outside (cancelled, timed out): stop, write nothing more. */
    boolean ended();

    /**
     * For work that loses nothing but time when it starts over.
     *
     * @throws TaskInProgress if the process is to stop or the task was ended from outside
     */
    default void stopIfAsked() throws TaskInProgress {
        if (stopRequested() || ended() || Thread.currentThread().isInterrupted()) {
            throw new TaskInProgress("asked to stop; the work will start over");
        }
    }

    /** Tells a person who follows the task; a line at most every few seconds. */
    void log(String line);
}
