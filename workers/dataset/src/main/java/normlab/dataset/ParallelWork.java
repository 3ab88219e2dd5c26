package normlab.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import normlab.task.TaskContext;
import normlab.task.TaskInProgress;

/** Does the same for each of many items, in as many threads as the machine has processors, up to four. */
final class ParallelWork {
    /** Each may have a decoded image, and the heap is small. */
    private static final int MOST_THREADS = 4;

    private static final long SECONDS_BETWEEN_LINES = 5;

    private ParallelWork() {}

    /** What is done with one item; thread-safe. */
    interface Work {
        void on(int item) throws Exception;
    }

    /**
     * @param progress of a line every few seconds, with two numbers: the items done and all of them
     * @throws ExecutionException with what {@code work} threw; the other items are then left
     */
    static void each(int items, TaskContext context, String progress, Work work)
            throws ExecutionException, TaskInProgress {
        AtomicInteger next = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        int threads = Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
        ExecutorService executor = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("images-", 0).factory());
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(executor.submit(() -> {
                    try {
                        for (int item = next.getAndIncrement();
                                item < items && !over.get();
                                item = next.getAndIncrement()) {
                            work.on(item);
                        }
                        return Optional.empty();
                    } finally {
                        // At the end, or because this one failed.
                        over.set(true);
                    }
                }));
            }
            for (Future<?> worker : workers) {
                await(worker, context, () -> progress.formatted(Math.min(next.get(), items), items));
            }
        } finally {
            over.set(true);
            executor.close();
        }
    }

    private static void await(Future<?> worker, TaskContext context, Supplier<String> progress)
            throws ExecutionException, TaskInProgress {
        for (int tries = 1; ; tries++) {
            context.stopIfAsked();
            try {
                worker.get(100, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                if (tries % (10 * SECONDS_BETWEEN_LINES) == 0) {
                    context.log(progress.get());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
