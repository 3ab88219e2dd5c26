package normlab.platform.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;

/** The processes of a supervisor. Once closed it starts no more, so that a stop misses none. */
public final class ProcessGroup {
    private final Map<String, ManagedProcess> processes = new LinkedHashMap<>();
    private List<String> servers = List.of();
    private boolean closed;

    /** @param names of the servers; any other process is a worker, and is stopped before them */
    public synchronized void stopOrder(List<String> names) {
        servers = List.copyOf(names);
    }

    /** @throws ProcessException if the group is closed, or has a process of this name */
    public synchronized Future<Void> start(String name, ManagedProcess process) {
        if (closed) {
            throw new ProcessException("[" + name + "] is not started: the stack is being stopped");
        }
        if (processes.putIfAbsent(name, process) != null) {
            throw new ProcessException("two processes are named '" + name + "', expected unique names");
        }
        return process.start();
    }

    public synchronized void close() {
        closed = true;
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    /** All workers at once, then one server after another. */
    public void stopAll() throws InterruptedException {
        CompletableFuture<?>[] workers = processes.entrySet().stream()
                .filter(e -> !servers.contains(e.getKey()))
                .map(e -> CompletableFuture.runAsync(() -> stop(e.getValue()), r -> new Thread(r).start()))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(workers).join();
        for (String server : servers) {
            ManagedProcess process = processes.get(server);
            if (process != null) {
                process.stop();
            }
        }
    }

    private static void stop(ManagedProcess process) {
        try {
            process.stop();
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }
}
