package normlab.platform.process;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Identifies a process for as long as the machine runs: the start instant tells it from a later one with the same number.
 *
 * @param started as the operating system says
 */
public record ProcessRef(long pid, Instant started) {
    /** Linux derives start instants from a boot time that wanders by a second when the clock is adjusted. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    public static ProcessRef of(ProcessHandle process) {
        return new ProcessRef(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
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
                .filter(this::isSame)
                .filter(ProcessHandle::isAlive)
                .filter(p -> !isZombie());
    }

    private boolean isSame(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(found -> Duration.between(started, found).abs().compareTo(TOLERANCE) < 0)
                .orElse(false);
    }

    private boolean isZombie() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
        } catch (NoSuchFileException noSuchFileSystem) {
            return false;
        } catch (IOException endedMeanwhile) {
            return true;
        }
    }
}
