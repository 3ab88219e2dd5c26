package normlab.platform.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;

/** The children of a supervisor. Once closed it admits no more, so that a stop misses none. */
final class Household {
    private final Map<String, Child> children = new LinkedHashMap<>();
    private List<String> servers = List.of();
    private boolean closed;

    /** @param names of the servers; what has another name is a worker, and is stopped before them */
    synchronized void stopOrder(List<String> names) {
        servers = List.copyOf(names);
    }

    /** Starts the child. @throws StackException if the stack is being stopped */
    synchronized Future<Void> admit(String name, Child child) {
        if (closed) {
            throw new StackException("[" + name + "] is not started: the stack is being stopped");
        }
        if (children.putIfAbsent(name, child) != null) {
            throw new StackException("[" + name + "] is named twice, expected a name for each process");
        }
        return child.start();
    }

    synchronized void close() {
        closed = true;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** All workers at once, then server by server. */
    void stopAll() throws InterruptedException {
        CompletableFuture<?>[] workers = children.entrySet().stream()
                .filter(e -> !servers.contains(e.getKey()))
                .map(e -> CompletableFuture.runAsync(() -> stop(e.getValue()), r -> new Thread(r).start()))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(workers).join();
        for (String server : servers) {
            Child child = children.get(server);
            if (child != null) {
                child.stop();
            }
        }
    }

    private static void stop(Child child) {
        try {
            child.stop();
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }
}
