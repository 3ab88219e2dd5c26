package normlab.platform.conductor;

import com.netflix.conductor.common.metadata.tasks.TaskResult;
import java.util.Map;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.json.StrictBinding;
import normlab.port.StoreException;
import normlab.task.HandBack;
import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.Tasks.PlanGroupInput;
import normlab.task.Tasks.PlanInput;
import normlab.task.Tasks.PlanOutput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task as Conductor runs it. Input is bound strictly, and every way a task can end becomes the status that makes
 * Conductor do the right thing next: go on, try again, give up, or offer the task to the next worker.
 */
public final class TaskBinding {
    private static final Logger LOG = LoggerFactory.getLogger(TaskBinding.class);

    private static final long STORE_PAUSE_SECONDS = 3;

    private final String name;
    private final Work work;

    private TaskBinding(String name, Work work) {
        this.name = name;
        this.work = work;
    }

    /** Binds a task whose output record is what Conductor gets. */
    public static <I extends Record, O extends Record> TaskBinding of(Task<I, O> task) {
        return new TaskBinding(
                task.name(),
                (input, context) -> Json.map(task.run(bind(input, task.inputType(), task.name()), context)));
    }

    /** Binds the task that plans a campaign; its output becomes the branches of the workflow's forks. */
    public static TaskBinding ofPlan(Task<PlanInput, PlanOutput> task, TrialRouting routing) {
        return new TaskBinding(task.name(), (input, context) -> {
            PlanInput asked = bind(input, PlanInput.class, task.name());
            return DynamicForks.of(asked, task.run(asked, context), routing);
        });
    }

    /** Binds the planning of one group of a large campaign: the same plan again, of which a part becomes branches. */
    public static TaskBinding ofGroupPlan(Task<PlanInput, PlanOutput> task, TrialRouting routing) {
        String name = task.name() + "_group";
        return new TaskBinding(name, (input, context) -> {
            PlanGroupInput asked = bind(input, PlanGroupInput.class, name);
            return DynamicForks.of(asked, task.run(new PlanInput(asked.run(), asked.failFast()), context), routing);
        });
    }

    private static <I extends Record> I bind(Map<String, Object> input, Class<I> type, String task) {
        return StrictBinding.bind(Json.tree(input), type, "input of " + task);
    }

    /** As the workflow definitions name the task. */
    public String name() {
        return name;
    }

    /** Runs the task; never throws, whatever the task does. */
    TaskResult run(com.netflix.conductor.common.metadata.tasks.Task offered, TaskContext context) {
        TaskResult result = new TaskResult(offered);
        try {
            result.setOutputData(work.run(offered.getInputData(), context));
            result.setStatus(TaskResult.Status.COMPLETED);
        } catch (HandBack e) {
            LOG.info("{} {} handed back: {}", name, offered.getTaskId(), e.getMessage());
            handBack(result);
            result.setCallbackAfterSeconds(e.pause().toSeconds());
        } catch (StoreException e) {
            if (e.retryable()) {
                waitForStore(result, e);
            } else {
                fail(result, e);
            }
        } catch (Throwable e) {
            fail(result, e);
        }
        return result;
    }

    /** However long the outage lasts, it is not the task's fault: no attempt is spent, as it would be in seconds. */
    private void waitForStore(TaskResult result, StoreException failure) {
        String reason = Reason.of(failure);
        LOG.warn("{} {} waits for the store: {}", name, result.getTaskId(), reason);
        handBack(result);
        result.setCallbackAfterSeconds(STORE_PAUSE_SECONDS);
        result.setReasonForIncompletion("waiting: " + reason);
    }

    /** The next worker that polls gets the task, as the same attempt. */
    static void handBack(TaskResult result) {
        result.setStatus(TaskResult.Status.IN_PROGRESS);
        result.setCallbackAfterSeconds(0);
    }

    private void fail(TaskResult result, Throwable failure) {
        boolean permanent = isPermanent(failure);
        LOG.warn("{} {} failed{}", name, result.getTaskId(), permanent ? " for good" : "", failure);
        result.setStatus(permanent ? TaskResult.Status.FAILED_WITH_TERMINAL_ERROR : TaskResult.Status.FAILED);
        result.setReasonForIncompletion(Reason.of(failure));
    }

    private static boolean isPermanent(Throwable failure) {
        return switch (failure) {
            case TaskFailure f -> f.isPermanent();
            case InvalidInputException f -> true;
            case StoreException f -> !f.retryable();
            default -> false;
        };
    }

    private interface Work {
        Map<String, Object> run(Map<String, Object> input, TaskContext context) throws TaskFailure, HandBack;
    }
}
