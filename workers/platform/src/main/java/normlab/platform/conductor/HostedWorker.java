package normlab.platform.conductor;

import com.netflix.conductor.client.worker.Worker;
import com.netflix.conductor.common.metadata.tasks.Task;
import com.netflix.conductor.common.metadata.tasks.TaskResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import normlab.platform.metrics.WorkerMetrics;
import normlab.trial.TrialId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The worker for one type of task, driven by Conductor's task runner; it runs one task at a time. */
final class HostedWorker implements Worker {
    private static final Logger LOG = LoggerFactory.getLogger(HostedWorker.class);
    private static final int CHECK_SECONDS = 3;

    private final TaskBinding binding;
    private final String identity;
    private final HostTaskClient client;
    private final ScheduledExecutorService checker;
    private final Duration pollEvery;
    private final BooleanSupplier ready;
    private final BooleanSupplier stopping;
    private final CountDownLatch polling = new CountDownLatch(1);

    HostedWorker(
            TaskBinding binding,
            String identity,
            HostTaskClient client,
            ScheduledExecutorService checker,
            Duration pollEvery,
            BooleanSupplier ready,
            BooleanSupplier stopping) {
        this.binding = binding;
        this.identity = identity;
        this.client = client;
        this.checker = checker;
        this.pollEvery = pollEvery;
        this.ready = ready;
        this.stopping = stopping;
    }

    @Override
    public TaskResult execute(Task task) {
        if (stopping.getAsBoolean()) {
            TaskResult result = new TaskResult(task);
            TaskBinding.requeue(result);
            return result;
        }
        RunningTask running = new RunningTask(client, task.getTaskId(), stopping);
        ScheduledFuture<?> checks =
                checker.scheduleWithFixedDelay(running::check, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
        tagLogEvents(task);
        WorkerMetrics.taskBegins(binding.name());
        long begun = System.nanoTime();
        String status = "LOST";
        try {
            LOG.info("{} begins", binding.name());
            TaskResult result = binding.run(task, running);
            status = result.getStatus().name();
            LOG.info("{} ends after {} ms: {}", binding.name(), (System.nanoTime() - begun) / 1_000_000, status);
            return result;
        } finally {
            WorkerMetrics.taskEnds(binding.name(), status, (System.nanoTime() - begun) / 1e9);
            MDC.clear();
            checks.cancel(false);
            running.finish();
            if (running.ended()) {
                client.drop(task.getTaskId());
            }
        }
    }

    /** Tags the log events of this thread with its task: campaign, trial, task and attempt, as far as the task has them. */
    private static void tagLogEvents(Task task) {
        input(task, "run").ifPresent(run -> MDC.put("run", run));
        input(task, "prefix").flatMap(TrialId::find).ifPresent(trial -> MDC.put("trial", trial.key()));
        MDC.put("task", task.getTaskDefName());
        MDC.put("attempt", Integer.toString(task.getRetryCount() + 1));
    }

    private static Optional<String> input(Task task, String name) {
        return Optional.ofNullable(task.getInputData().get(name)).map(Object::toString);
    }

    /** Waits until the runner polls: it cannot be told to stop before that. */
    void awaitPolling() throws InterruptedException {
        polling.await();
    }

    @Override
    public String getTaskDefName() {
        return binding.name();
    }

    @Override
    public boolean paused() {
        polling.countDown();
        return stopping.getAsBoolean() || !ready.getAsBoolean();
    }

    @Override
    public String getIdentity() {
        return identity;
    }

    @Override
    public int getPollingInterval() {
        return Math.toIntExact(pollEvery.toMillis());
    }

    /** A living process keeps its task; {@code timeoutSeconds} in the task definition limits an attempt. */
    @Override
    public boolean leaseExtendEnabled() {
        return true;
    }
}
