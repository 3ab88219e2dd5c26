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
 * Finds tasks that the server has assigned to this worker and that never arrived: a lost answer to a poll takes its task
 * with it, and the task would wait for its response timeout, which is minutes. A worker that has got nothing for a while
 * looks for such tasks and puts them back into the queue; no attempt is spent.
 */
final class LeakedTasks {
    private static final Logger LOG = LoggerFactory.getLogger(LeakedTasks.class);
    private static final int POLLS = 60;
    private static final int MOST = 100;

    private final TaskClient client;
    private final HeldTasks journal;
    private final Map<String, Integer> emptyPolls = new ConcurrentHashMap<>();

    LeakedTasks(TaskClient client, HeldTasks journal) {
        this.client = client;
        this.journal = journal;
    }

    /** Called after each answered poll; looks for leaked tasks now and then. */
    void polled(String taskType, String workerId, boolean empty) {
        if (emptyPolls.merge(taskType, 1, (polls, one) -> empty ? polls + one : 0) >= POLLS) {
            emptyPolls.put(taskType, 0);
            requeue(taskType, workerId);
        }
    }

    private void requeue(String taskType, String workerId) {
        String running = "taskType='" + taskType + "' AND status='IN_PROGRESS'";
        for (TaskSummary found :
                client.search(0, MOST, "startTime:DESC", "*", running).getResults()) {
            Task task = client.getTaskDetails(found.getTaskId());
            if (task.getStatus() == Task.Status.IN_PROGRESS
                    && workerId.equals(task.getWorkerId())
                    && !journal.holds(task.getTaskId())) {
                TaskResult result = new TaskResult(task);
                TaskBinding.requeue(result);
                client.updateTask(result, taskType);
                LOG.warn(
                        "{} {} was assigned to this process and never arrived; back in the queue",
                        taskType,
                        task.getTaskId());
            }
        }
    }
}
