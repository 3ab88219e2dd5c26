package normlab.task;

import static normlab.json.Checks.check;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One attempt of a task, as the workflow engine saw it. Kept with the campaign when it ends.
 *
 * @param name of the task in its workflow: {@code plan}, {@code train}, {@code dataset_fashion_mnist}
 * @param attempt from 1
 * @param worker that took it, as host, process and role; absent if none did
 * @param queuedAt when it was offered to the workers
 * @param startedAt when a worker took it; absent if none did
 * @param endedAt absent if it has not ended
 * @param reason why it failed, or why the attempt before it did
 * @param workflow id of the workflow that the task belongs to: the campaign's, or a trial's own
 */
public record TaskAttempt(
        String name,
        TaskStatus status,
        int attempt,
        Optional<String> worker,
        Optional<Instant> queuedAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<String> reason,
        Optional<String> workflow) {
    public TaskAttempt {
        check(attempt >= 1, "attempt of %s is %s, expected 1 or more", name, attempt);
    }

    /** Whether it is one of the task that trains, and not of the one that evaluates. */
    public boolean trains() {
        return name.equals("train");
    }

    /** Whether it did not go as planned: it failed, was cancelled, or follows an attempt that did. */
    public boolean troubled() {
        return attempt > 1 || status == TaskStatus.FAILED || status == TaskStatus.CANCELLED;
    }

    /** From the offer until a worker took it, in seconds; NaN where either time is unknown. */
    public double waitedSeconds() {
        return seconds(queuedAt, startedAt);
    }

    /** From the start to the end, in seconds; NaN where either time is unknown. */
    public double workedSeconds() {
        return seconds(startedAt, endedAt);
    }

    private static double seconds(Optional<Instant> from, Optional<Instant> to) {
        return from.isPresent() && to.isPresent()
                ? Duration.between(from.get(), to.get()).toMillis() / 1e3
                : Double.NaN;
    }
}
