package normlab.platform.conductor;

/** Describes a failure in one line: its message and those of its causes, without stack traces. */
final class Reason {
    private static final int CAUSES = 4;

    private Reason() {}

    static String of(Throwable failure) {
        StringBuilder reason = new StringBuilder(describe(failure));
        Throwable cause = failure.getCause();
        for (int i = 0; cause != null && i < CAUSES; i++, cause = cause.getCause()) {
            String description = describe(cause);
            if (reason.indexOf(description) < 0) {
                reason.append("; caused by ").append(description);
            }
        }
        return reason.toString();
    }

    /** Messages of our own exceptions are complete; others need the name of the class. */
    private static String describe(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        if (failure.getMessage() == null || failure.getMessage().isBlank()) {
            return name;
        }
        boolean ours = failure.getClass().getName().startsWith("normlab.");
        return ours ? failure.getMessage() : name + ": " + failure.getMessage();
    }
}
