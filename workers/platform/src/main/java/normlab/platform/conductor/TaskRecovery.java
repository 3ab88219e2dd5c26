package normlab.platform.conductor;

import com.netflix.conductor.client.exception.ConductorClientException;
import com.netflix.conductor.common.metadata.tasks.Task;
import com.netflix.conductor.common.metadata.tasks.TaskResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the tasks that a killed process held. Its successor continues them as the same attempt: a task put back
 * into the queue would come after all that wait, and a half-trained trial might lie there for days.
 *
 * <p>The task may be what killed the process. So the second death with it is reported as a failure, which spends an
 * attempt and lets other workers try.
 */
record TaskRecovery(HostTaskClient client, HeldTasks journal) {
    private static final Logger LOG = LoggerFactory.getLogger(TaskRecovery.class);

    /** @return whether that is done; if not, the server was away, and the call must be repeated */
    boolean recover() {
        return journal.inherited().stream().allMatch(this::recover);
    }

    private boolean recover(HeldTasks.Entry held) {
        try {
            Task task = client.getTaskDetails(held.taskId());
            boolean still =
                    task.getStatus() == Task.Status.IN_PROGRESS && held.worker().equals(task.getWorkerId());
            if (still && held.deaths() == 0) {
                resume(held, task);
                return true;
            }
            if (still) {
                fail(held, task);
            }
            journal.end(held.taskId());
            return true;
        } catch (ConductorClientException e) {
            if (e.getStatusCode() == 404) {
                journal.end(held.taskId());
                return true;
            }
            LOG.debug("{} of the last process is not recovered yet: {}", held.taskId(), Reason.of(e));
            return false;
        } catch (Exception e) {
            // Including checked exceptions that the library does not declare: no task is polled before this one is
            // recovered.
            LOG.warn("{} of the last process is not recovered yet", held.taskId(), e);
            return false;
        }
    }

    /** The lease may be about to expire, and the next renewal comes only some time after the work has begun. */
    private void resume(HeldTasks.Entry held, Task task) {
        TaskResult renewal = new TaskResult(task);
        renewal.setExtendLease(true);
        client.updateTask(renewal, held.taskType());
        client.logMessageForTask(held.taskId(), death(held) + "; its successor continues");
        client.inherit(held, task);
        LOG.info("continuing {} {} of {}, which died", held.taskType(), held.taskId(), held.worker());
    }

    private void fail(HeldTasks.Entry held, Task task) {
        TaskResult result = new TaskResult(task);
        result.setWorkerId(held.worker());
        result.setStatus(TaskResult.Status.FAILED);
        result.setReasonForIncompletion(death(held) + ", the second one during this attempt");
        client.updateTask(result, held.taskType());
        LOG.info(
                "{} {} failed: {} died, the second process during this attempt",
                held.taskType(),
                held.taskId(),
                held.worker());
    }

    private static String death(HeldTasks.Entry held) {
        return "the worker process died (%s)".formatted(held.worker());
    }
}
