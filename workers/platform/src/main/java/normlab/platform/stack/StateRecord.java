package normlab.platform.stack;

import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.UnaryOperator;
import normlab.platform.process.ProcessException;
import normlab.platform.process.ProcessRef;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The supervisor's view of the stack, written to the state file at each change, from any thread. */
final class StateRecord {
    private static final Logger LOG = LoggerFactory.getLogger(StateRecord.class);

    private final StateFile file;
    private @Nullable StackState current;
    private boolean lost;

    StateRecord(StateFile file) {
        this.file = file;
    }

    synchronized void begin(StackState first) {
        current = first;
        file.write(first);
    }

    synchronized StackState now() {
        return Objects.requireNonNull(current, "the stack has not started");
    }

    /** A change before {@link #begin} is dropped: there is no stack yet. So is one once the record is lost. */
    synchronized void change(UnaryOperator<StackState> change) {
        if (current == null) {
            return;
        }
        current = change.apply(current);
        try {
            if (!isLost()) {
                file.write(current);
            }
        } catch (RuntimeException e) {
            // A full disk must not end the servers: only the record of them is out of date.
            LOG.error("the state of the stack cannot be recorded", e);
        }
    }

    /** Whether the file is gone, or is that of another supervisor; it then stays lost. */
    synchronized boolean isLost() {
        if (!lost && current != null) {
            lost = !isRecorded(current.supervisor());
        }
        return lost;
    }

    private boolean isRecorded(ProcessRef supervisor) {
        try {
            return file.read()
                    .filter(found -> found.supervisor().equals(supervisor))
                    .isPresent();
        } catch (ProcessException writtenByAnotherVersion) {
            return false;
        } catch (UncheckedIOException e) {
            LOG.warn("the state of the stack cannot be read: {}", e.toString());
            return true;
        }
    }
}
