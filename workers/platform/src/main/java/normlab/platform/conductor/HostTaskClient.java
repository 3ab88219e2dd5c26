package normlab.platform.conductor;

import com.netflix.conductor.client.exception.ConductorClientException;
import com.netflix.conductor.client.http.ConductorClient;
import com.netflix.conductor.client.http.TaskClient;
import com.netflix.conductor.common.metadata.tasks.Task;
import com.netflix.conductor.common.metadata.tasks.TaskResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The task client of a worker process. It records each task that it polls until the task's result has been delivered,
 * and waits for a server that is away instead of logging an error at each poll.
 */
final class HostTaskClient extends TaskClient {
    private static final Logger LOG = LoggerFactory.getLogger(HostTaskClient.class);
    private static final long PAUSE_MILLIS = 1_000;
    /** Seconds that a restarting server may take; after them the library's own, slower retries follow. */
    private static final int MAX_RETRIES = 120;

    private final HeldTasks journal;
    private final List<String> domains;
    private final BooleanSupplier stopping;
    private final LeakedTasks lost;
    private final Set<String> dropped = ConcurrentHashMap.newKeySet();
    private final Map<String, Inheritance> inherited = new ConcurrentHashMap<>();
    private volatile long nextPoll = System.nanoTime();
    private final ReadWriteLock polls = new ReentrantReadWriteLock();
    private volatile boolean away;

    /** @param domains to poll, in this order, before tasks without a domain */
    HostTaskClient(ConductorClient client, HeldTasks journal, List<String> domains, BooleanSupplier stopping) {
        super(client);
        this.journal = journal;
        this.domains = List.copyOf(domains);
        this.stopping = stopping;
        this.lost = new LeakedTasks(this, journal);
    }

    @Override
    public List<Task> batchPollTasksInDomain(
            String taskType, @Nullable String domain, String workerId, int count, int timeoutMillis) {
        if (System.nanoTime() - nextPoll < 0 || !polls.readLock().tryLock()) {
            return List.of();
        }
        try {
            return poll(taskType, domain, workerId, count, timeoutMillis);
        } finally {
            polls.readLock().unlock();
        }
    }

    private List<Task> poll(String taskType, @Nullable String domain, String workerId, int count, int timeoutMillis) {
        if (stopping.getAsBoolean()) {
            return List.of();
        }
        Optional<Task> own = takeInherited(taskType);
        if (own.isPresent()) {
            return List.of(own.orElseThrow());
        }
        try {
            List<Task> tasks = ask(taskType, domain, workerId, count, timeoutMillis);
            answered();
            tasks.forEach(task -> journal.begin(HeldTasks.Entry.of(task, workerId)));
            lost.polled(taskType, workerId, tasks.isEmpty());
            return stopping.getAsBoolean() ? requeue(tasks) : tasks;
        } catch (ConductorClientException e) {
            if (!ConductorServer.isAway(e)) {
                throw e;
            }
            unanswered(e);
            return List.of();
        }
    }

    /** Makes the next poll for tasks of this type return this one, once, even if it is inherited several times. */
    void inherit(HeldTasks.Entry held, Task task) {
        inherited.put(held.taskId(), new Inheritance(held, task));
    }

    private Optional<Task> takeInherited(String taskType) {
        for (Inheritance each : inherited.values()) {
            if (each.held().taskType().equals(taskType)
                    && inherited.remove(each.held().taskId(), each)) {
                journal.begin(each.held().afterDeath());
                return Optional.of(each.task());
            }
        }
        return Optional.empty();
    }

    private record Inheritance(HeldTasks.Entry held, Task task) {}

    /**
     * Waits, once the process is stopping, until no poll is in flight: one that is cut off might get a task that nobody
     * knows of until its response timeout.
     */
    void awaitPolls(long millis) throws InterruptedException {
        if (polls.writeLock().tryLock(millis, TimeUnit.MILLISECONDS)) {
            polls.writeLock().unlock();
        } else {
            LOG.warn(
                    "Conductor has not answered a poll; if its answer has a task, the task waits for its response timeout");
        }
    }

    /** The first domain with work; after all of them no domain, for campaigns planned without routing. */
    private List<Task> ask(String taskType, @Nullable String domain, String workerId, int count, int timeoutMillis) {
        for (String each : domains) {
            List<Task> tasks = super.batchPollTasksInDomain(taskType, each, workerId, count, timeoutMillis);
            if (!tasks.isEmpty()) {
                return tasks;
            }
        }
        return super.batchPollTasksInDomain(taskType, domain, workerId, count, timeoutMillis);
    }

    /** The process began to stop while the server answered. */
    private List<Task> requeue(List<Task> tasks) {
        for (Task task : tasks) {
            TaskResult result = new TaskResult(task);
            TaskBinding.requeue(result);
            updateTask(result, task.getTaskDefName());
        }
        return List.of();
    }

    /** Does not send the next result of this task: the server has ended it, and another worker may have it. */
    void drop(String taskId) {
        dropped.add(taskId);
    }

    @Override
    public void updateTask(TaskResult result, @Nullable String taskType) {
        if (result.isExtendLease()) {
            retrying(() -> super.updateTask(result, taskType));
            return;
        }
        if (!dropped.remove(result.getTaskId())) {
            retrying(() -> super.updateTask(result, taskType));
        }
        journal.end(result.getTaskId());
    }

    /** Update and poll in one request would bypass the record of held tasks. */
    @Override
    public @Nullable Task updateTaskV2(TaskResult result, @Nullable String taskType) {
        updateTask(result, taskType);
        return null;
    }

    private void retrying(Runnable call) {
        for (int i = 0; ; i++) {
            try {
                call.run();
                return;
            } catch (ConductorClientException e) {
                if (i >= MAX_RETRIES || !ConductorServer.isAway(e)) {
                    throw e;
                }
                pause(e);
            }
        }
    }

    private static void pause(ConductorClientException reason) {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw reason;
        }
    }

    private void unanswered(ConductorClientException e) {
        nextPoll = System.nanoTime() + PAUSE_MILLIS * 1_000_000;
        if (!away) {
            away = true;
            LOG.warn("Conductor does not answer; retrying each second: {}", Reason.of(e));
        }
    }

    private void answered() {
        if (away) {
            away = false;
            LOG.info("Conductor answers again");
        }
    }
}
