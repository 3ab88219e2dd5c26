package normlab.platform.stack;

import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The supervisor's view of the stack, written to the state file at each change, from any thread. */
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
        return Objects.requireNonNull(current, "the stack has not started");
    }

    /** A change before {@link #begin} is dropped: there is no stack yet. */
    synchronized void change(UnaryOperator<StackState> change) {
        if (current == null) {
            return;
        }
        current = change.apply(current);
        try {
            file.write(current);
        } catch (RuntimeException e) {
            // A full disk must not end the servers: only the record of them is out of date.
            LOG.error("the state of the stack cannot be recorded", e);
        }
    }
}
