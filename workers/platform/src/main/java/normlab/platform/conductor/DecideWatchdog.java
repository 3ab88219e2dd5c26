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
 * Makes the server evaluate its running workflows every half minute. On SQLite and Postgres it otherwise notices timeouts
 * of tasks up to two minutes late, from the second timeout of a workflow on. One process of an installation runs this.
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

    /** @return how many workflows the server has evaluated */
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
            LOG.debug("Workflows were not evaluated: {}", Reason.of(e));
        } catch (Exception e) {
            LOG.warn("Workflows were not evaluated", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workflows.close();
        connection.shutdown();
    }
}
