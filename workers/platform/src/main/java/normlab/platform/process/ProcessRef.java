package normlab.platform.process;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Identifies a process for as long as the machine runs: its start tells it from a later one with the same number.
 *
 * @param started on Linux the clock ticks from boot to its start, which no change of the clock moves; elsewhere the instant
 */
public record ProcessRef(long pid, String started) {
    /** Fields of {@code /proc/PID/stat}, counted from the one after the command, which may contain spaces. */
    private static final int STATE = 0;

    private static final int START = 19;

    public static ProcessRef of(ProcessHandle process) {
        return new ProcessRef(process.pid(), started(process));
    }

    public static ProcessRef current() {
        return of(ProcessHandle.current());
    }

    @JsonIgnore
    public boolean isAlive() {
        return find().isPresent();
    }

    /** The process, if it still runs. One that has ended but was not waited for by its parent does not run. */
    public Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(p -> !isZombie())
                .filter(p -> started(p).equals(started));
    }

    private static String started(ProcessHandle process) {
        return stat(process.pid())
                .map(fields -> fields.get(START))
                .orElseGet(() ->
                        process.info().startInstant().orElse(Instant.EPOCH).toString());
    }

    private boolean isZombie() {
        return stat(pid).filter(fields -> fields.get(STATE).equals("Z")).isPresent();
    }

    /** Empty where the process has ended, or the system has no such file. */
    private static Optional<List<String>> stat(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return Optional.of(List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }
}
