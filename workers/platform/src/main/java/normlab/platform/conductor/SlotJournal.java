package normlab.platform.conductor;

import com.netflix.conductor.common.metadata.tasks.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which tasks a worker process holds, on disk: what a killed process leaves behind, so that its successor can go on with
 * them at once instead of after their response timeout. Safe for use by several threads.
 */
final class SlotJournal {
    private static final Logger LOG = LoggerFactory.getLogger(SlotJournal.class);

    private final Optional<Path> file;
    private final Map<String, Held> held = new LinkedHashMap<>();
    private final Map<String, Held> inherited = new LinkedHashMap<>();

    /** @param file that outlives the process; without one nothing is remembered */
    SlotJournal(Optional<Path> file) {
        this.file = file;
        file.filter(Files::exists)
                .map(SlotJournal::read)
                .orElse(List.of())
                .forEach(task -> inherited.put(task.taskId(), task));
    }

    /** What the predecessor held when it died, as far as that has not ended. */
    synchronized List<Held> inherited() {
        return List.copyOf(inherited.values());
    }

    synchronized void begin(Held task) {
        inherited.remove(task.taskId());
        held.put(task.taskId(), task);
        write();
    }

    /** Whether this process has the task in hand. */
    synchronized boolean holds(String taskId) {
        return held.containsKey(taskId);
    }

    synchronized void end(String taskId) {
        if (held.remove(taskId) != null | inherited.remove(taskId) != null) {
            write();
        }
        notifyAll();
    }

    /** @return whether this process held nothing any more before the time was over */
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

    private static List<Held> read(Path file) {
        try {
            return Json.read(Files.readAllBytes(file), Journal.class, file.toString())
                    .held();
        } catch (IOException | InvalidInputException e) {
            LOG.warn("Tasks of the last process, if any, wait for their response timeout: {}", Reason.of(e));
            return List.of();
        }
    }

    /** A journal that cannot be written costs time after a crash, which is no reason to refuse work now. */
    private void write() {
        if (file.isEmpty()) {
            return;
        }
        Path path = file.orElseThrow();
        Path next = path.resolveSibling(path.getFileName() + ".next");
        try {
            if (held.isEmpty() && inherited.isEmpty()) {
                Files.deleteIfExists(path);
                return;
            }
            Files.createDirectories(path.toAbsolutePath().getParent());
            Files.write(
                    next,
                    Json.bytes(new Journal(Stream.concat(inherited.values().stream(), held.values().stream())
                            .toList())));
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("[{}] cannot be written: {}", path, Reason.of(e));
        }
    }

    /**
     * @param worker identity of the process that was given the task, as the server has it
     * @param deaths of processes that had it in hand
     */
    record Held(String taskId, String workflowInstanceId, String taskType, String worker, int deaths) {
        static Held of(Task task, String worker) {
            return new Held(task.getTaskId(), task.getWorkflowInstanceId(), task.getTaskDefName(), worker, 0);
        }

        Held afterDeath() {
            return new Held(taskId, workflowInstanceId, taskType, worker, deaths + 1);
        }
    }

    private record Journal(List<Held> held) {}
}
