package normlab.platform.mlflow;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Processes a few items at a time. The server has one process, and more callers would only wait for each other. */
final class Parallel {
    private static final int AT_A_TIME = 4;

    private Parallel() {}

    /** Returns when all items are done; the first failure stops the rest and is thrown. */
    static <T> void each(List<T> items, Consumer<T> work) {
        if (items.isEmpty()) {
            return;
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(Math.min(AT_A_TIME, items.size()))) {
            List<? extends Future<?>> parts =
                    items.stream().map(i -> pool.submit(() -> work.accept(i))).toList();
            try {
                for (Future<?> part : parts) {
                    part.get();
                }
            } catch (InterruptedException e) {
                pool.shutdownNow();
                Thread.currentThread().interrupt();
                throw new MlflowRefusal("interrupted while projecting runs", e);
            } catch (ExecutionException e) {
                pool.shutdownNow();
                throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
            }
        }
    }
}
