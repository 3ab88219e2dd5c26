package normlab.platform.conductor;

import com.netflix.conductor.client.exception.ConductorClientException;
import com.netflix.conductor.common.metadata.tasks.Task;
import com.netflix.conductor.common.metadata.tasks.TaskResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles what a killed process held. Its successor goes on with the task, as the same attempt: a task that were given
 * back would be queued behind all that wait, and a trial half trained might lie for days.
 *
 * <p>The task may be what killed the process. So the second death with it is reported as a failure, which spends an
 * attempt and lets others try.
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
            boolean still =
                    task.getStatus() == Task.Status.IN_PROGRESS && held.worker().equals(task.getWorkerId());
            if (still && held.deaths() == 0) {
                goOn(held, task);
                return true;
            }
            if (still) {
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

    /** The lease may be about to end, and is renewed only some time after the work has begun. */
    private void goOn(SlotJournal.Held held, Task task) {
        TaskResult renewal = new TaskResult(task);
        renewal.setExtendLease(true);
        client.updateTask(renewal, held.taskType());
        client.logMessageForTask(held.taskId(), death(held) + "; its successor goes on");
        client.inherit(held, task);
        LOG.info("goes on with {} {} of {}, which died", held.taskType(), held.taskId(), held.worker());
    }

    private void report(SlotJournal.Held held, Task task) {
        TaskResult result = new TaskResult(task);
        result.setWorkerId(held.worker());
        result.setStatus(TaskResult.Status.FAILED);
        result.setReasonForIncompletion(death(held) + ", the second with this attempt; handed back");
        client.updateTask(result, held.taskType());
        LOG.info("{} {} handed back for {}, which died", held.taskType(), held.taskId(), held.worker());
    }

    private static String death(SlotJournal.Held held) {
        return "the worker process died (%s)".formatted(held.worker());
    }
}
