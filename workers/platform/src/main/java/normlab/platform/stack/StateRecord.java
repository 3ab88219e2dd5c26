package normlab.platform.stack;

import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The supervisor's own memory of the stack, written down at every change, whichever thread it comes from. */
final class StateRecord {
    private static final Logger LOG = LoggerFactory.getLogger(StateRecord.class);

    private final StateFile file;
    private @Nullable StackState current;

    StateRecord(StateFile file) {
        this.file = file;
    }

    synchronized void begin(StackState first) {
        current = first;
        file.write(first);
    }

    synchronized StackState now() {
        return Objects.requireNonNull(current, "the stack has not begun");
    }

    /** A change before the beginning is dropped: there is no stack yet. */
    synchronized void change(UnaryOperator<StackState> change) {
        if (current == null) {
            return;
        }
        current = change.apply(current);
        try {
            file.write(current);
        } catch (RuntimeException e) {
            // A full disk must not end the servers: only their description is out of date.
            LOG.error("the state of the stack cannot be written down", e);
        }
    }
}
