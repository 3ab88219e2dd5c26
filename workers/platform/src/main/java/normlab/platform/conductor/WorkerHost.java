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
 * The workers of a process: one thread for each type of task, until it is closed. While the server is away the host waits
 * for it, at its start as well as later.
 */
public final class WorkerHost implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerHost.class);
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final int UPDATE_RETRIES = 60;

    private final String identity;
    private final ConductorClient connection;
    private final HeldTasks journal;
    private final HostTaskClient client;
    private final ScheduledExecutorService checker;
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
        journal = new HeldTasks(journalFile);
        checker = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("checker").daemon().factory());
        client = new HostTaskClient(connection, journal, domains, () -> stopping);
        workers = bindings.stream()
                .map(b -> new HostedWorker(b, identity, client, checker, pollEvery, () -> ready, () -> stopping))
                .toList();
        runner = new TaskRunnerConfigurer.Builder(client, List.copyOf(workers))
                .withThreadCount(1)
                .withTaskPollTimeout(0)
                .withUpdateRetryCount(UPDATE_RETRIES)
                .withShutdownGracePeriodSeconds(1)
                .build();
        TaskRecovery recovery = new TaskRecovery(client, journal);
        checker.execute(() -> recover(recovery));
    }

    /** As {@link #start(ConductorServer, String, List, List, Duration, Optional)}, for tasks without a domain. */
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
     * @param role of the process, part of the identity that the server shows, such as {@code slot-1}
     * @param bindings at least one, each name once
     * @param domains to poll, in order of preference, before tasks without a domain
     * @param pollEvery the interval between polls while there is no task; each poll costs the server something
     * @param journalFile records the tasks of this process for its successor; used by one process at a time
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

    /** Host, process id and role: the server shows it as the worker of a task. */
    public String identity() {
        return identity;
    }

    /** Takes no more tasks, and asks running ones to stop; returns at once. */
    public void requestStop() {
        stopping = true;
    }

    /** Stops as {@link #close(Duration)} does, with a grace of one minute. */
    @Override
    public void close() {
        close(GRACE);
    }

    /**
     * Stops: running tasks finish or go back to the queue, and their results are delivered. Tasks that take longer than the
     * grace period are interrupted, and left to the next process.
     */
    public void close(Duration grace) {
        requestStop();
        try {
            for (HostedWorker worker : workers) {
                worker.awaitPolling();
            }
            client.awaitPolls(grace.toMillis());
            if (!journal.awaitEmpty(grace.toMillis())) {
                LOG.warn("{} still has running tasks after {} s and stops", identity, grace.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        checker.shutdownNow();
        runner.shutdown();
        connection.shutdown();
    }

    /** Polling waits for this: the tasks of the last process come before others, and are not mistaken for leaked ones. */
    private void recover(TaskRecovery recovery) {
        if (recovery.recover()) {
            ready = true;
        } else {
            checker.schedule(() -> recover(recovery), 1, TimeUnit.SECONDS);
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
