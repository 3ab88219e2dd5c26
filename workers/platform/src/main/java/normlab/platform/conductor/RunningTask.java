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
 * A task in the hands of this process. Conductor does not say when a task is cancelled, so its state is asked for now
 * and then, beside the work: a slow or absent server never holds the work up.
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

    /** Looks whether the task has ended, and sends what was logged. Never throws. */
    void attend() {
        try {
            ended = ended || client.getTaskDetails(taskId).getStatus().isTerminal();
            sendLog();
        } catch (ConductorClientException e) {
            // Without an answer the task goes on; "no such task" is an answer.
            ended = ended || e.getStatusCode() == 404;
            LOG.debug("{} could not be attended to: {}", taskId, Reason.of(e));
        } catch (Exception e) {
            // Not only unchecked ones: the library throws what it cannot parse as a checked one it does not declare.
            LOG.warn("{} could not be attended to", taskId, e);
        }
    }

    /** Sends the last lines. Never throws. */
    void finish() {
        try {
            sendLog();
        } catch (Exception e) {
            LOG.warn("The last log lines of {} are lost: {}", taskId, Reason.of(e));
        }
    }

    /** One at a time: the attendant may be at it while the task ends. */
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
