package normlab.platform.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;

/**
 * The metrics of a worker process since its start, named by the conventions of Prometheus: counters end in {@code _total},
 * durations in {@code _seconds}. Trials are not labels, since each would remain a time series for ever; see the logs.
 */
public final class WorkerMetrics {
    private static final double[] SECONDS = {0.1, 1, 10, 60, 600, 3600, 36_000};

    private static final Counter TASKS = Counter.builder()
            .name("normlab_tasks_total")
            .help("Attempts at tasks that ended, by kind and by the status sent to Conductor.")
            .labelNames("task", "status")
            .register();
    private static final Histogram DURATIONS = Histogram.builder()
            .name("normlab_task_duration_seconds")
            .help("How long attempts at tasks took, by kind.")
            .labelNames("task")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .register();
    private static final Gauge RUNNING = Gauge.builder()
            .name("normlab_tasks_running")
            .help("Tasks that run now, by kind.")
            .labelNames("task")
            .register();
    private static final Counter EPOCHS = Counter.builder()
            .name("normlab_epochs_total")
            .help("Epochs that trainings of this process have ended.")
            .register();
    private static final Gauge IMAGES = Gauge.builder()
            .name("normlab_training_images_per_second")
            .help("Training images a second in the latest epoch.")
            .register();
    private static final Counter STORE_FAILURES = Counter.builder()
            .name("normlab_store_failures_total")
            .help(
                    "Answers of the object store that were no success, after the client's own retries; passing ones are waited for.")
            .labelNames("passing")
            .register();

    private WorkerMetrics() {}

    public static void taskBegins(String task) {
        RUNNING.labelValues(task).inc();
    }

    /** @param status as sent to Conductor: {@code COMPLETED}, {@code FAILED}, {@code IN_PROGRESS} for one that is back in the queue */
    public static void taskEnds(String task, String status, double seconds) {
        RUNNING.labelValues(task).dec();
        TASKS.labelValues(task, status).inc();
        DURATIONS.labelValues(task).observe(seconds);
    }

    public static void epochEnds(double imagesPerSecond) {
        EPOCHS.inc();
        IMAGES.set(imagesPerSecond);
    }

    /** @param passing whether another try can help */
    public static void storeFails(boolean passing) {
        STORE_FAILURES.labelValues(Boolean.toString(passing)).inc();
    }
}
