package normlab.platform.conductor;

import com.netflix.conductor.common.metadata.tasks.Task;
import java.util.Optional;
import org.slf4j.MDC;

/** Marks what a thread logs with the task it works on: run, trial, task and attempt, as far as the task has them. */
final class Correlation {
    private Correlation() {}

    static void begin(Task task) {
        put("run", task, "run");
        put("trial", task, "prefix");
        MDC.put("task", task.getTaskDefName());
        MDC.put("attempt", Integer.toString(task.getRetryCount() + 1));
    }

    /** Of a path, the last part: a trial's key. */
    private static void put(String name, Task task, String input) {
        Optional.ofNullable(task.getInputData().get(input))
                .map(Object::toString)
                .ifPresent(value -> MDC.put(name, value.substring(value.lastIndexOf('/') + 1)));
    }

    static void end() {
        MDC.clear();
    }
}
