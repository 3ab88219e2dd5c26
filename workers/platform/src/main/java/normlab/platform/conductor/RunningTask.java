package normlab.platform.conductor;

import com.netflix.conductor.client.exception.ConductorClientException;
import com.netflix.conductor.client.http.TaskClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import normlab.task.TaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task that this process works on. Conductor does not tell a worker that its task is cancelled, so the state of the task
 * is polled by another thread: a slow or absent server never delays the work.
 */
final class RunningTask implements TaskContext {
    private static final Logger LOG = LoggerFactory.getLogger(RunningTask.class);
    private static final int LINES = 500;

    private final TaskClient client;
    private final String taskId;
    private final BooleanSupplier stopRequested;
    private final List<String> lines = new ArrayList<>();
    private volatile boolean ended;

    RunningTask(TaskClient client, String taskId, BooleanSupplier stopRequested) {
        this.client = client;
        this.taskId = taskId;
        this.stopRequested = stopRequested;
    }

    @Override
    public boolean stopRequested() {
        return stopRequested.getAsBoolean();
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public void log(String line) {
        synchronized (lines) {
            if (lines.size() < LINES) {
                lines.add(line);
            }
        }
    }

    /** Checks whether the task has ended, and sends new log lines. Never throws. */
    void check() {
        try {
            ended = ended || client.getTaskDetails(taskId).getStatus().isTerminal();
            sendLog();
        } catch (ConductorClientException e) {
            // Without an answer the task goes on; "no such task" is an answer.
            ended = ended || e.getStatusCode() == 404;
            LOG.debug("{} could not be checked: {}", taskId, Reason.of(e));
        } catch (Exception e) {
            // Also checked ones: the library throws some for answers that it cannot parse, without declaring them.
            LOG.warn("{} could not be checked", taskId, e);
        }
    }

    /** Sends the last log lines. Never throws. */
    void finish() {
        try {
            sendLog();
        } catch (Exception e) {
            LOG.warn("The last log lines of {} are lost: {}", taskId, Reason.of(e));
        }
    }

    /** Synchronized: the checking thread may be sending while the task ends. */
    private synchronized void sendLog() {
        List<String> batch;
        synchronized (lines) {
            batch = List.copyOf(lines);
        }
        if (batch.isEmpty()) {
            return;
        }
        client.logMessageForTask(taskId, String.join("\n", batch));
        synchronized (lines) {
            lines.subList(0, batch.size()).clear();
        }
    }
}
