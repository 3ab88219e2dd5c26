package normlab.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Polls for an effect of another process that does not signal completion. */
public final class Eventually {
    private static final Duration TIMEOUT = Duration.ofSeconds(50);
    private static final long STEP_NANOS = Duration.ofMillis(20).toNanos();

    private Eventually() {}

    /** Polls until the condition holds; fails after 50 s. */
    public static void holds(BooleanSupplier condition) {
        eventually(TIMEOUT, condition::getAsBoolean, answer -> answer);
    }

    /**
     * Polls until the answer is as expected.
     *
     * @throws AssertionError with the last answer if this takes longer than {@code atMost}
     */
    public static <T> T eventually(Duration atMost, Supplier<T> question, Predicate<T> expected) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            T answer = question.get();
            if (expected.test(answer)) {
                return answer;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("after %s the answer is still %s".formatted(atMost, answer));
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }
}
