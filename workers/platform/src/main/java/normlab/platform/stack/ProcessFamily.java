package normlab.platform.stack;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process and its descendants. They must be looked at while the process lives: those of a dead one belong to init,
 * and nothing tells whose they were.
 */
final class ProcessFamily {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessFamily.class);

    private final ProcessHandle head;
    private final Set<ProcessRef> seen = new CopyOnWriteArraySet<>();

    ProcessFamily(ProcessHandle head) {
        this.head = head;
    }

    /** Looks again. @return whether the family has changed */
    boolean refresh() {
        Set<ProcessRef> now = head.descendants().map(ProcessRef::of).collect(Collectors.toSet());
        boolean gone = head.isAlive() && seen.removeIf(ref -> !now.contains(ref) && !ref.isAlive());
        return seen.addAll(now) || gone;
    }

    List<ProcessRef> descendants() {
        return List.copyOf(seen);
    }

    /** SIGKILL for what is left of the descendants. */
    void killDescendants() {
        refresh();
        kill(seen);
    }

    /** SIGKILL for those that run and are those that were meant. */
    static void kill(Collection<ProcessRef> processes) {
        for (ProcessRef process : processes) {
            process.find().ifPresent(found -> {
                LOG.info(
                        "killing process {} ({})",
                        found.pid(),
                        found.info().command().orElse("of unknown command"));
                found.destroyForcibly();
            });
        }
    }
}
