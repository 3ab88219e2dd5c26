package normlab.task;

/**
 * One kind of work of a workflow. Delivery is at least once: a task may run twice, or beside a forgotten twin, and the
 * outcome is the same.
 *
 * @param <I> a record; input is bound to it strictly
 * @param <O> a record, below 64 KB as JSON
 */
public interface Task<I extends Record, O extends Record> {
    /** As the workflow definitions name it. */
    String name();

    Class<I> inputType();

    /**
     * @throws TaskFailure saying whether another attempt could help
     * @throws TaskInProgress if the process is asked to stop before the work is done
     */
    O run(I input, TaskContext context) throws TaskFailure, TaskInProgress;
}
