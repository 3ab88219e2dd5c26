package normlab.app.cli;

/** What whoever presses Ctrl-C is told, until it is withdrawn. */
final class InterruptHint {
    private final Thread told;

    /** @param text whole lines */
    InterruptHint(String text) {
        told = new Thread(() -> System.err.print(text));
        Runtime.getRuntime().addShutdownHook(told);
    }

    void withdraw() {
        try {
            Runtime.getRuntime().removeShutdownHook(told);
        } catch (IllegalStateException pressed) {
            // It is being told.
        }
    }
}
