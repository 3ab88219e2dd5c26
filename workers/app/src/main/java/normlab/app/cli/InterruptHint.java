package normlab.app.cli;

/** A hint for whoever presses Ctrl-C, until it is withdrawn. */
final class InterruptHint {
    private final Thread hint;

    /** @param text whole lines */
    InterruptHint(String text) {
        hint = new Thread(() -> System.err.print(text));
        Runtime.getRuntime().addShutdownHook(hint);
    }

    void withdraw() {
        try {
            Runtime.getRuntime().removeShutdownHook(hint);
        } catch (IllegalStateException pressed) {
            // The hint is being printed.
        }
    }
}
