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
 * The one way between a worker process and the server: every task that comes in stands in the journal until its result
 * has arrived, and a server that is away is waited for instead of being complained about at each poll.
 */
final class HostTaskClient extends TaskClient {
    private static final Logger LOG = LoggerFactory.getLogger(HostTaskClient.class);
    private static final long PAUSE_MILLIS = 1_000;
    /** Seconds in which a restarting server answers again; after them the library's slower retries go on. */
    private static final int PATIENCE = 120;

    private final SlotJournal journal;
    private final List<String> domains;
    private final BooleanSupplier stopping;
    private final LostTasks lost;
    private final Set<String> dropped = ConcurrentHashMap.newKeySet();
    private final Map<String, Inheritance> inherited = new ConcurrentHashMap<>();
    private volatile long nextPoll = System.nanoTime();
    private final ReadWriteLock polls = new ReentrantReadWriteLock();
    private volatile boolean away;

    /** @param domains to ask for tasks, in this order, before tasks of no domain are asked for */
    HostTaskClient(ConductorClient client, SlotJournal journal, List<String> domains, BooleanSupplier stopping) {
        super(client);
        this.journal = journal;
        this.domains = List.copyOf(domains);
        this.stopping = stopping;
        this.lost = new LostTasks(this, journal);
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
            tasks.forEach(task -> journal.begin(SlotJournal.Held.of(task, workerId)));
            lost.polled(taskType, workerId, tasks.isEmpty());
            return stopping.getAsBoolean() ? handBack(tasks) : tasks;
        } catch (ConductorClientException e) {
            if (!ConductorServer.isAway(e)) {
                throw e;
            }
            unanswered(e);
            return List.of();
        }
    }

    /** The next question for tasks of its kind is answered with this one, once, however often this is called before. */
    void inherit(SlotJournal.Held held, Task task) {
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

    private record Inheritance(SlotJournal.Held held, Task task) {}

    /**
     * Waits until no question for tasks is under way, once the process is stopping. One that were cut off might get a task
     * that nobody knows of until its response timeout.
     */
    void awaitPolls(long millis) throws InterruptedException {
        if (polls.writeLock().tryLock(millis, TimeUnit.MILLISECONDS)) {
            polls.writeLock().unlock();
        } else {
            LOG.warn(
                    "Conductor has not answered a question for tasks; if it gives one, the task waits for its timeout");
        }
    }

    /** The first domain that has work gives it; after them no domain, where a stack plans that does not route. */
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
    private List<Task> handBack(List<Task> tasks) {
        for (Task task : tasks) {
            TaskResult result = new TaskResult(task);
            TaskBinding.handBack(result);
            updateTask(result, task.getTaskDefName());
        }
        return List.of();
    }

    /** The next result of this task is not sent: the server has ended the task, and someone else may be at work. */
    void drop(String taskId) {
        dropped.add(taskId);
    }

    @Override
    public void updateTask(TaskResult result, @Nullable String taskType) {
        if (result.isExtendLease()) {
            patiently(() -> super.updateTask(result, taskType));
            return;
        }
        if (!dropped.remove(result.getTaskId())) {
            patiently(() -> super.updateTask(result, taskType));
        }
        journal.end(result.getTaskId());
    }

    /** Update-and-poll in one would pass the journal by. */
    @Override
    public @Nullable Task updateTaskV2(TaskResult result, @Nullable String taskType) {
        updateTask(result, taskType);
        return null;
    }

    private void patiently(Runnable call) {
        for (int i = 0; ; i++) {
            try {
                call.run();
                return;
            } catch (ConductorClientException e) {
                if (i >= PATIENCE || !ConductorServer.isAway(e)) {
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
            LOG.warn("Conductor does not answer, asking again each second: {}", Reason.of(e));
        }
    }

    private void answered() {
        if (away) {
            away = false;
            LOG.info("Conductor answers again");
        }
    }
}
