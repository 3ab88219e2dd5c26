package normlab.platform.process;

import java.time.Duration;

/** Decides from failed health checks whether a process hangs. */
final class HangDetector {
    /** A single failed check proves nothing, however long the machine was suspended before it. */
    private static final int FAILURES = 3;

    private final Duration limit;
    private long lastSuccess = System.nanoTime();
    private int failures;

    /** @param limit how long a process may fail its checks */
    HangDetector(Duration limit) {
        this.limit = limit;
    }

    /** @param healthy the outcome of the latest check */
    boolean hangs(boolean healthy) {
        if (healthy) {
            lastSuccess = System.nanoTime();
            failures = 0;
            return false;
        }
        failures++;
        return failures >= FAILURES && silentFor().compareTo(limit) > 0;
    }

    Duration silentFor() {
        return Duration.ofNanos(System.nanoTime() - lastSuccess);
    }
}
