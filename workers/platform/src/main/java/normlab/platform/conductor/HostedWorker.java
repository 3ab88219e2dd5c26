package normlab.platform.conductor;

import com.netflix.conductor.client.worker.Worker;
import com.netflix.conductor.common.metadata.tasks.Task;
import com.netflix.conductor.common.metadata.tasks.TaskResult;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import normlab.platform.metrics.WorkerMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One kind of task, as Conductor's runner drives it: one at a time. */
final class HostedWorker implements Worker {
    private static final Logger LOG = LoggerFactory.getLogger(HostedWorker.class);
    private static final int ATTEND_SECONDS = 3;

    private final TaskBinding binding;
    private final String identity;
    private final HostTaskClient client;
    private final ScheduledExecutorService attendant;
    private final Duration pollEvery;
    private final BooleanSupplier ready;
    private final BooleanSupplier stopping;
    private final CountDownLatch polling = new CountDownLatch(1);

    HostedWorker(
            TaskBinding binding,
            String identity,
            HostTaskClient client,
            ScheduledExecutorService attendant,
            Duration pollEvery,
            BooleanSupplier ready,
            BooleanSupplier stopping) {
        this.binding = binding;
        this.identity = identity;
        this.client = client;
        this.attendant = attendant;
        this.pollEvery = pollEvery;
        this.ready = ready;
        this.stopping = stopping;
    }

    @Override
    public TaskResult execute(Task task) {
        if (stopping.getAsBoolean()) {
            TaskResult result = new TaskResult(task);
            TaskBinding.handBack(result);
            return result;
        }
        RunningTask running = new RunningTask(client, task.getTaskId(), stopping);
        ScheduledFuture<?> attendance =
                attendant.scheduleWithFixedDelay(running::attend, ATTEND_SECONDS, ATTEND_SECONDS, TimeUnit.SECONDS);
        Correlation.begin(task);
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
            Correlation.end();
            attendance.cancel(false);
            running.finish();
            if (running.ended()) {
                client.drop(task.getTaskId());
            }
        }
    }

    /** Waits until the runner is at work: only from then on does it hear that it is to stop. */
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

    /** A living process keeps its task; the definition's {@code timeoutSeconds} is what bounds an attempt. */
    @Override
    public boolean leaseExtendEnabled() {
        return true;
    }
}
