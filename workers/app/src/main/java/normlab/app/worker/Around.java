package normlab.app.worker;

import normlab.task.Task;

/** A task that does something before or after another, and is otherwise that one. */
interface Around<I extends Record, O extends Record> extends Task<I, O> {
    Task<I, O> task();

    @Override
    default String name() {
        return task().name();
    }

    @Override
    default Class<I> inputType() {
        return task().inputType();
    }
}
