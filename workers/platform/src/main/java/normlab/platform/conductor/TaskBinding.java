package normlab.platform.conductor;

import com.netflix.conductor.common.metadata.tasks.TaskResult;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.json.StrictBinding;
import normlab.port.StoreException;
import normlab.task.MemoryExhausted;
import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;
import normlab.task.Tasks.PlanGroupInput;
import normlab.task.Tasks.PlanInput;
import normlab.task.Tasks.PlanOutput;
import normlab.task.Tasks.TrialInput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binds a task to Conductor. Input is bound strictly, and each way in which a task can end is mapped to the status that
 * makes Conductor do the right thing next: continue, retry, give up, or queue the task again.
 */
public final class TaskBinding {
    private static final Logger LOG = LoggerFactory.getLogger(TaskBinding.class);

    private static final String GROUP_PLAN = "plan_group";
    private static final long STORE_PAUSE_SECONDS = 3;

    private final String name;
    private final Work work;

    private TaskBinding(String name, Work work) {
        this.name = name;
        this.work = work;
    }

    /** Binds a task whose output record is the output of the Conductor task. */
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

    /**
     * Binds the task that makes branches of one group of a large campaign.
     *
     * @param trialsToTrain reads them from the stored plan of a campaign, by its id
     */
    public static TaskBinding ofGroupPlan(Function<String, List<TrialInput>> trialsToTrain, TrialRouting routing) {
        return new TaskBinding(GROUP_PLAN, (input, context) -> {
            PlanGroupInput asked = bind(input, PlanGroupInput.class, GROUP_PLAN);
            return DynamicForks.ofGroup(asked, trialsToTrain.apply(asked.campaign()), routing);
        });
    }

    private static <I extends Record> I bind(Map<String, Object> input, Class<I> type, String task) {
        return StrictBinding.bind(Json.tree(input), type, "input of " + task);
    }

    /** The name of the task in the workflow definitions. */
    public String name() {
        return name;
    }

    /** Runs the task. Never throws, whatever the task does. */
    TaskResult run(com.netflix.conductor.common.metadata.tasks.Task offered, TaskContext context) {
        TaskResult result = new TaskResult(offered);
        try {
            result.setOutputData(work.run(offered.getInputData(), context));
            result.setStatus(TaskResult.Status.COMPLETED);
        } catch (TaskInProgress e) {
            LOG.info("{} {} back in the queue: {}", name, offered.getTaskId(), e.getMessage());
            requeue(result);
            result.setCallbackAfterSeconds(e.callbackAfter().toSeconds());
        } catch (StoreException e) {
            if (e.retryable()) {
                waitForStore(result, e);
            } else {
                fail(result, e);
            }
        } catch (Throwable e) {
            fail(result, MemoryExhausted.reason(name, e).<Throwable>map(f -> f).orElse(e));
        }
        return result;
    }

    /** An outage of the store is not the task's fault: it spends no attempt, however long it lasts. */
    private void waitForStore(TaskResult result, StoreException failure) {
        String reason = Reason.of(failure);
        LOG.warn("{} {} waits for the store: {}", name, result.getTaskId(), reason);
        requeue(result);
        result.setCallbackAfterSeconds(STORE_PAUSE_SECONDS);
        result.setReasonForIncompletion("waiting: " + reason);
    }

    /** The next worker that polls gets the task, as the same attempt. */
    static void requeue(TaskResult result) {
        result.setStatus(TaskResult.Status.IN_PROGRESS);
        result.setCallbackAfterSeconds(0);
    }

    private void fail(TaskResult result, Throwable failure) {
        boolean permanent = isPermanent(failure);
        LOG.warn("{} {} failed{}", name, result.getTaskId(), permanent ? " permanently" : "", failure);
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
        Map<String, Object> run(Map<String, Object> input, TaskContext context) throws TaskFailure, TaskInProgress;
    }
}
