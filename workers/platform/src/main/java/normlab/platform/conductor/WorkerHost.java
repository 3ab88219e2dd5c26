package normlab.platform.conductor;

import com.netflix.conductor.client.automator.TaskRunnerConfigurer;
import com.netflix.conductor.client.http.ConductorClient;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process's workers: one thread for each kind of task, until it is closed. While the server is away the host waits
 * for it, at the start as well as later.
 */
public final class WorkerHost implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerHost.class);
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final int UPDATE_RETRIES = 60;

    private final String identity;
    private final ConductorClient connection;
    private final SlotJournal journal;
    private final HostTaskClient client;
    private final ScheduledExecutorService attendant;
    private final List<HostedWorker> workers;
    private final TaskRunnerConfigurer runner;
    private volatile boolean ready;
    private volatile boolean stopping;

    private WorkerHost(
            ConductorServer server,
            String role,
            List<TaskBinding> bindings,
            List<String> domains,
            Duration pollEvery,
            Optional<Path> journalFile) {
        identity = identity(role);
        connection = server.connect();
        journal = new SlotJournal(journalFile);
        attendant = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("attendant").daemon().factory());
        client = new HostTaskClient(connection, journal, domains, () -> stopping);
        workers = bindings.stream()
                .map(b -> new HostedWorker(b, identity, client, attendant, pollEvery, () -> ready, () -> stopping))
                .toList();
        runner = new TaskRunnerConfigurer.Builder(client, List.copyOf(workers))
                .withThreadCount(1)
                .withTaskPollTimeout(0)
                .withUpdateRetryCount(UPDATE_RETRIES)
                .withShutdownGracePeriodSeconds(1)
                .build();
        Predecessor predecessor = new Predecessor(client, journal);
        attendant.execute(() -> getReady(predecessor));
    }

    /** As {@link #start(ConductorServer, String, List, List, Duration, Optional)}, for tasks of no domain. */
    public static WorkerHost start(
            ConductorServer server,
            String role,
            List<TaskBinding> bindings,
            Duration pollEvery,
            Optional<Path> journalFile) {
        return start(server, role, bindings, List.of(), pollEvery, journalFile);
    }

    /**
     * Starts polling.
     *
     * @param role of the process, part of the identity that the server shows: {@code slot-1}
     * @param bindings at least one, each name once
     * @param domains whose tasks are taken, the first before the others, and all before tasks of no domain
     * @param pollEvery how often each kind of task is asked for while there is none: each question costs the server
     * @param journalFile remembers the tasks in hand across a sudden death; one process at a time uses it
     */
    public static WorkerHost start(
            ConductorServer server,
            String role,
            List<TaskBinding> bindings,
            List<String> domains,
            Duration pollEvery,
            Optional<Path> journalFile) {
        WorkerHost host = new WorkerHost(server, role, bindings, domains, pollEvery, journalFile);
        host.runner.init();
        LOG.info(
                "{} works on {}",
                host.identity,
                bindings.stream().map(TaskBinding::name).toList());
        return host;
    }

    /** Host, process and role, as the server shows who works on a task. */
    public String identity() {
        return identity;
    }

    /** Takes no more tasks, and asks those that run to hand back; returns at once. */
    public void requestStop() {
        stopping = true;
    }

    /** Stops as {@link #close(Duration)} does, with a grace of one minute. */
    @Override
    public void close() {
        close(GRACE);
    }

    /**
     * Stops: tasks that run hand back or finish, and their results are delivered. What is not done when the grace is
     * over is interrupted and left to the journal.
     */
    public void close(Duration grace) {
        requestStop();
        try {
            for (HostedWorker worker : workers) {
                worker.awaitPolling();
            }
            client.awaitPolls(grace.toMillis());
            if (!journal.awaitEmpty(grace.toMillis())) {
                LOG.warn("{} stops with work in hand after {} s", identity, grace.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        attendant.shutdownNow();
        runner.shutdown();
        connection.shutdown();
    }

    /** Polling waits until the predecessor's tasks are settled: no other goes before them, and none can be taken for one of ours. */
    private void getReady(Predecessor predecessor) {
        if (predecessor.settle()) {
            ready = true;
        } else {
            attendant.schedule(() -> getReady(predecessor), 1, TimeUnit.SECONDS);
        }
    }

    private static String identity(String role) {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "unknown-host";
        }
        return "%s:%d:%s".formatted(host, ProcessHandle.current().pid(), role);
    }
}
