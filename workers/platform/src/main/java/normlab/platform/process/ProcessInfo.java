package normlab.platform.process;

import java.util.List;
import java.util.Optional;

/**
 * What is known about one managed process.
 *
 * @param process empty while it does not run
 * @param descendants of the process, as last seen
 * @param restarts how often it died and was started again
 * @param note one line for a person
 */
public record ProcessInfo(
        String name,
        Status status,
        Optional<ProcessRef> process,
        List<ProcessRef> descendants,
        int restarts,
        String note) {
    public ProcessInfo {
        descendants = List.copyOf(descendants);
    }

    /** Where a process is in its life. */
    public enum Status {
        PREPARING,
        STARTING,
        UP,
        RESTARTING,
        STOPPED
    }

    /** A process that is not started yet: something is being installed for it. */
    public static ProcessInfo preparing(String name, String note) {
        return new ProcessInfo(name, Status.PREPARING, Optional.empty(), List.of(), 0, note);
    }
}
