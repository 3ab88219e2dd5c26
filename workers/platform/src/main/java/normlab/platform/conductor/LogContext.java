package normlab.platform.conductor;

import com.netflix.conductor.common.metadata.tasks.Task;
import java.util.Optional;
import normlab.trial.TrialId;
import org.slf4j.MDC;

/** Tags the log events of a thread with its task: campaign, trial, task and attempt, as far as the task has them. */
final class LogContext {
    private LogContext() {}

    static void begin(Task task) {
        input(task, "run").ifPresent(run -> MDC.put("run", run));
        input(task, "prefix").flatMap(TrialId::find).ifPresent(trial -> MDC.put("trial", trial.key()));
        MDC.put("task", task.getTaskDefName());
        MDC.put("attempt", Integer.toString(task.getRetryCount() + 1));
    }

    private static Optional<String> input(Task task, String name) {
        return Optional.ofNullable(task.getInputData().get(name)).map(Object::toString);
    }

    static void end() {
        MDC.clear();
    }
}
