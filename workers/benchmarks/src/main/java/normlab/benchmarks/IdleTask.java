package normlab.benchmarks;

import java.util.function.Function;
import normlab.task.Task;
import normlab.task.TaskContext;

/** A task that takes no time, so that a campaign's time is the cost of orchestration. */
record IdleTask<I extends Record, O extends Record>(String name, Class<I> inputType, Function<I, O> result)
        implements Task<I, O> {
    @Override
    public O run(I input, TaskContext context) {
        return result.apply(input);
    }
}
