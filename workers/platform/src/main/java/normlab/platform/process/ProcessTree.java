package normlab.platform.process;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process and its descendants. They are listed while the process lives: those of a dead one belong to init, and
 * nothing tells whose they were.
 */
public final class ProcessTree {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessTree.class);

    private final ProcessHandle head;
    private final Set<ProcessRef> seen = new CopyOnWriteArraySet<>();

    public ProcessTree(ProcessHandle head) {
        this.head = head;
    }

    /** Lists the descendants again. @return whether there is a change */
    boolean refresh() {
        Set<ProcessRef> now = head.descendants().map(ProcessRef::of).collect(Collectors.toSet());
        boolean gone = head.isAlive() && seen.removeIf(ref -> !now.contains(ref) && !ref.isAlive());
        return seen.addAll(now) || gone;
    }

    public List<ProcessRef> descendants() {
        return List.copyOf(seen);
    }

    /** SIGKILL for what is left of the descendants. */
    void killDescendants() {
        refresh();
        kill(seen);
    }

    /** SIGKILL for those that still run; another process that has got the same number is left alone. */
    public static void kill(Collection<ProcessRef> processes) {
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
