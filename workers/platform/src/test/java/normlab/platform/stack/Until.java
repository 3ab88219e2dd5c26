package normlab.platform.stack;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what another process does; nothing tells us when. */
final class Until {
    private Until() {}

    static void holds(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the condition did not come to hold within 50 s");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
