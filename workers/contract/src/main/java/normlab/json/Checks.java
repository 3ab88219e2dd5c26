package normlab.json;

/** Refuses a record's component at birth; the message says what was found and what was expected. */
public final class Checks {
    private Checks() {}

    /** @throws IllegalArgumentException with the formatted message, unless the condition holds */
    public static void check(boolean condition, String message, Object... found) {
        if (!condition) {
            throw new IllegalArgumentException(message.formatted(found));
        }
    }
}
