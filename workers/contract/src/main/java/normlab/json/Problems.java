package normlab.json;

import java.util.ArrayList;
import java.util.List;

/** Collects every problem of an input, so that a user mends all of them at once. */
public final class Problems {
    private final List<String> found = new ArrayList<>();

    /** Adds one problem: subject first, then what was found and what was expected. */
    public void add(String problem) {
        found.add(problem);
    }

    /** Adds {@code problem} unless {@code condition} holds. */
    public void check(boolean condition, String problem) {
        if (!condition) {
            add(problem);
        }
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<String> list() {
        return List.copyOf(found);
    }

    /** @throws InvalidInputException naming {@code subject} and every problem, if there is any */
    public void throwIfAny(String subject) {
        if (!found.isEmpty()) {
            throw new InvalidInputException(subject, found);
        }
    }
}
