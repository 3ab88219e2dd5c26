package normlab.platform.conductor;

import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;

/** A task that does what a test says. */
record FakeTask<I extends Record, O extends Record>(String name, Class<I> inputType, Body<I, O> body)
        implements Task<I, O> {
    @Override
    public O run(I input, TaskContext context) throws TaskFailure, TaskInProgress {
        return body.run(input, context);
    }

    interface Body<I, O> {
        O run(I input, TaskContext context) throws TaskFailure, TaskInProgress;
    }
}
