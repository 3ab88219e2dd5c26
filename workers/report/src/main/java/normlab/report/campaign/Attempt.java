package normlab.report.campaign;

import static normlab.json.Checks.check;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One attempt of a task of a trial, as the workflow engine saw it.
 *
 * @param task {@code train} or {@code evaluate}
 * @param number from 1
 * @param worker who had it; absent if nobody took it
 * @param queuedAt when it was offered to workers
 * @param startedAt when a worker took it; absent if none did
 * @param endedAt absent if it had not ended when the report was written
 * @param reason why it failed, or why the attempt before it did
 * @param workflow id of the trial's workflow
 */
public record Attempt(
        String task,
        int number,
        Outcome outcome,
        Optional<String> worker,
        Optional<Instant> queuedAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<String> reason,
        Optional<String> workflow) {
    public Attempt {
        check(number >= 1, "attempt of %s is %s, expected 1 or more", task, number);
    }

    /** How an attempt ended. */
    public enum Outcome {
        OPEN,
        COMPLETED,
        FAILED,
        CANCELLED
    }

    public boolean trains() {
        return task.equals("train");
    }

    /** Whether something went otherwise than planned: it failed, was cancelled, or follows one that did. */
    public boolean notable() {
        return number > 1 || outcome == Outcome.FAILED || outcome == Outcome.CANCELLED;
    }

    /** From the offer until a worker took it, in seconds; not a number where either is unknown. */
    public double waitedSeconds() {
        return seconds(queuedAt, startedAt);
    }

    /** From the start to the end, in seconds; not a number where either is unknown. */
    public double workedSeconds() {
        return seconds(startedAt, endedAt);
    }

    private static double seconds(Optional<Instant> from, Optional<Instant> to) {
        return from.isPresent() && to.isPresent()
                ? Duration.between(from.get(), to.get()).toMillis() / 1e3
                : Double.NaN;
    }
}
