package normlab.platform.conductor;

import com.netflix.conductor.common.metadata.tasks.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.platform.process.SafeFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks that a worker process holds, recorded in a file: the successor of a killed process continues them at once,
 * instead of after their response timeout. Thread-safe.
 */
final class HeldTasks {
    private static final Logger LOG = LoggerFactory.getLogger(HeldTasks.class);

    private final Optional<Path> file;
    private final Map<String, Entry> held = new LinkedHashMap<>();
    private final Map<String, Entry> inherited = new LinkedHashMap<>();

    /** @param file that outlives the process; without one nothing is recorded */
    HeldTasks(Optional<Path> file) {
        this.file = file;
        file.filter(Files::exists)
                .map(HeldTasks::read)
                .orElse(List.of())
                .forEach(task -> inherited.put(task.taskId(), task));
    }

    /** The tasks that the last process held when it died and that have not ended since. */
    synchronized List<Entry> inherited() {
        return List.copyOf(inherited.values());
    }

    synchronized void begin(Entry task) {
        inherited.remove(task.taskId());
        held.put(task.taskId(), task);
        write();
    }

    /** Whether this process works on the task. */
    synchronized boolean holds(String taskId) {
        return held.containsKey(taskId);
    }

    synchronized void end(String taskId) {
        if (held.remove(taskId) != null | inherited.remove(taskId) != null) {
            write();
        }
        notifyAll();
    }

    /** @return whether all tasks of this process ended in time */
    synchronized boolean awaitEmpty(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (!held.isEmpty()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    private static List<Entry> read(Path file) {
        try {
            return Json.read(Files.readAllBytes(file), Journal.class, file.toString())
                    .held();
        } catch (IOException | InvalidInputException e) {
            LOG.warn("Any tasks of the last process will wait for their response timeout: {}", Reason.of(e));
            return List.of();
        }
    }

    /** Without the record a crash costs time, which is no reason to refuse work now. */
    private void write() {
        if (file.isEmpty()) {
            return;
        }
        Path path = file.orElseThrow();
        try {
            if (held.isEmpty() && inherited.isEmpty()) {
                Files.deleteIfExists(path);
                return;
            }
            SafeFiles.replace(
                    path,
                    Json.bytes(new Journal(Stream.concat(inherited.values().stream(), held.values().stream())
                            .toList())));
        } catch (IOException e) {
            LOG.warn("[{}] cannot be written: {}", path, Reason.of(e));
        }
    }

    /**
     * @param worker identity of the process that was given the task, as the server knows it
     * @param deaths how many processes died while they worked on it
     */
    record Entry(String taskId, String workflowInstanceId, String taskType, String worker, int deaths) {
        static Entry of(Task task, String worker) {
            return new Entry(task.getTaskId(), task.getWorkflowInstanceId(), task.getTaskDefName(), worker, 0);
        }

        Entry afterDeath() {
            return new Entry(taskId, workflowInstanceId, taskType, worker, deaths + 1);
        }
    }

    private record Journal(List<Entry> held) {}
}
