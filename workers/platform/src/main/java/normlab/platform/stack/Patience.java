package normlab.platform.stack;

import java.time.Duration;

/**
 * How long a process may keep others waiting.
 *
 * @param untilReady from its start to its first answer
 * @param betweenChecks from one question after its health to the next, once it is ready
 * @param whileSilent how long a process that was ready may leave such questions unanswered before it counts as hung;
 *     long enough for a machine that swaps or a server that collects garbage
 */
record Patience(Duration untilReady, Duration betweenChecks, Duration whileSilent) {
    static Patience untilReady(Duration untilReady) {
        return new Patience(untilReady, Duration.ofSeconds(5), Duration.ofSeconds(45));
    }
}
