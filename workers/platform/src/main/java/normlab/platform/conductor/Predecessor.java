package normlab.platform.conductor;

import com.netflix.conductor.client.exception.ConductorClientException;
import com.netflix.conductor.common.metadata.tasks.Task;
import com.netflix.conductor.common.metadata.tasks.TaskResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands back what a killed process held: its task is reported as failed, so that the next attempt starts at once. One
 * attempt is spent, as it must be: the task may be what killed the process.
 */
final class Predecessor {
    private static final Logger LOG = LoggerFactory.getLogger(Predecessor.class);

    private final HostTaskClient client;
    private final SlotJournal journal;

    Predecessor(HostTaskClient client, SlotJournal journal) {
        this.client = client;
        this.journal = journal;
    }

    /** @return whether all is settled; if not, the server was away and the call is to be repeated */
    boolean settle() {
        return journal.inherited().stream().allMatch(this::settle);
    }

    private boolean settle(SlotJournal.Held held) {
        try {
            Task task = client.getTaskDetails(held.taskId());
            if (task.getStatus() == Task.Status.IN_PROGRESS && held.worker().equals(task.getWorkerId())) {
                report(held, task);
            }
            journal.end(held.taskId());
            return true;
        } catch (ConductorClientException e) {
            if (e.getStatusCode() == 404) {
                journal.end(held.taskId());
                return true;
            }
            LOG.debug("{} of the last process is not settled yet: {}", held.taskId(), Reason.of(e));
            return false;
        } catch (Exception e) {
            // Undeclared checked exceptions of the library included: no task is taken before this one is settled.
            LOG.warn("{} of the last process is not settled yet", held.taskId(), e);
            return false;
        }
    }

    private void report(SlotJournal.Held held, Task task) {
        TaskResult result = new TaskResult(task);
        result.setWorkerId(held.worker());
        result.setStatus(TaskResult.Status.FAILED);
        result.setReasonForIncompletion("the worker process died (%s); attempt handed back".formatted(held.worker()));
        client.updateTask(result, held.taskType());
        LOG.info("{} {} handed back for {}, which died", held.taskType(), held.taskId(), held.worker());
    }
}
