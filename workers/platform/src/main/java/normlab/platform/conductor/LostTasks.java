package normlab.platform.conductor;

import com.netflix.conductor.client.http.TaskClient;
import com.netflix.conductor.common.metadata.tasks.Task;
import com.netflix.conductor.common.metadata.tasks.TaskResult;
import com.netflix.conductor.common.run.TaskSummary;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks that the server believes a worker to have, and the worker never heard of: an answer that is lost on its way takes
 * its task along, which would wait for its response timeout of minutes. A worker that is given nothing for a while looks,
 * and hands them back; no attempt is spent.
 */
final class LostTasks {
    private static final Logger LOG = LoggerFactory.getLogger(LostTasks.class);
    private static final int POLLS = 60;
    private static final int MOST = 100;

    private final TaskClient client;
    private final SlotJournal journal;
    private final Map<String, Integer> emptyPolls = new ConcurrentHashMap<>();

    LostTasks(TaskClient client, SlotJournal journal) {
        this.client = client;
        this.journal = journal;
    }

    /** To be told of each poll that was answered. Looks now and then. */
    void polled(String taskType, String workerId, boolean empty) {
        if (emptyPolls.merge(taskType, 1, (polls, one) -> empty ? polls + one : 0) >= POLLS) {
            emptyPolls.put(taskType, 0);
            handBack(taskType, workerId);
        }
    }

    private void handBack(String taskType, String workerId) {
        String atWork = "taskType='" + taskType + "' AND status='IN_PROGRESS'";
        for (TaskSummary found :
                client.search(0, MOST, "startTime:DESC", "*", atWork).getResults()) {
            Task task = client.getTaskDetails(found.getTaskId());
            if (task.getStatus() == Task.Status.IN_PROGRESS
                    && workerId.equals(task.getWorkerId())
                    && !journal.holds(task.getTaskId())) {
                TaskResult result = new TaskResult(task);
                TaskBinding.handBack(result);
                client.updateTask(result, taskType);
                LOG.warn("{} {} was given to this process and never arrived; handed back", taskType, task.getTaskId());
            }
        }
    }
}
