package normlab.app.worker;

import normlab.task.Task;

/** A task that adds something to another one, and has its name and input. */
interface TaskDecorator<I extends Record, O extends Record> extends Task<I, O> {
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
