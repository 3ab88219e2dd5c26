package normlab.platform.conductor;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what another process does. */
final class Eventually {
    private Eventually() {}

    /** Asks until the answer is the wanted one; an answer that never comes fails the test with the last one. */
    static <T> T eventually(Duration atMost, Supplier<T> question, Predicate<T> wanted) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            T answer = question.get();
            if (wanted.test(answer)) {
                return answer;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("after %s the answer is still %s".formatted(atMost, answer));
            }
            LockSupport.parkNanos(50_000_000);
        }
    }
}
