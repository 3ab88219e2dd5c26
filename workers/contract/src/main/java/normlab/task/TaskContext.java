package normlab.task;

/** What a running task may ask and tell. */
public interface TaskContext {
    /** Whether the process is to stop: make the work safe and throw {@link TaskInProgress}. */
    boolean stopRequested();

    /** Whether the task has been ended from outside (cancelled, timed out): stop, write nothing more. */
    boolean ended();

    /** Tells a person who follows the task; a line at most every few seconds. */
    void log(String line);
}
