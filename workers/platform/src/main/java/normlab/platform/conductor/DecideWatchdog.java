package normlab.platform.conductor;

import com.netflix.conductor.client.exception.ConductorClientException;
import com.netflix.conductor.client.http.ConductorClient;
import com.netflix.conductor.client.http.WorkflowClient;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the server look at its running workflows every half minute. By itself it notices a task's timeout up to two
 * minutes late on SQLite and Postgres, from a workflow's second timeout on. One process of the installation runs this.
 */
public final class DecideWatchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DecideWatchdog.class);
    private static final int SECONDS = 30;

    private final ConductorClient connection;
    private final WorkflowClient workflows;
    private final ScheduledExecutorService timer;

    public DecideWatchdog(ConductorServer server) {
        connection = server.connect();
        workflows = new WorkflowClient(connection);
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("decide-watchdog").daemon().factory());
        timer.scheduleWithFixedDelay(this::decideQuietly, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Makes the server look now.
     *
     * @return how many workflows were looked at
     */
    int decide() {
        int decided = 0;
        for (String name :
                List.of(WorkflowDefinitions.TRIAL, WorkflowDefinitions.TRIAL_GROUP, WorkflowDefinitions.BENCHMARK)) {
            for (String id : workflows.getRunningWorkflow(name, 1)) {
                workflows.runDecider(id);
                decided++;
            }
        }
        return decided;
    }

    private void decideQuietly() {
        try {
            decide();
        } catch (ConductorClientException e) {
            LOG.debug("Not decided this time: {}", Reason.of(e));
        } catch (Exception e) {
            LOG.warn("Not decided this time", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workflows.close();
        connection.shutdown();
    }
}
