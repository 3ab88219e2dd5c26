package normlab.platform.process;

import java.time.Duration;
import java.util.function.Consumer;

/** Repeats what is under way until it is withdrawn, so that a person is not left without a word for ten seconds. */
public final class Reminder {
    public static final Duration SILENCE = Duration.ofSeconds(9);

    private final Thread thread;

    public Reminder(Consumer<String> progress, String line) {
        this(progress, line, SILENCE);
    }

    /** @param silence before the line is said, and between two times */
    public Reminder(Consumer<String> progress, String line, Duration silence) {
        thread = Thread.startVirtualThread(() -> {
            try {
                while (true) {
                    Thread.sleep(silence);
                    progress.accept(line);
                }
            } catch (InterruptedException withdrawn) {
                Thread.currentThread().interrupt();
            }
        });
    }

    public void withdraw() {
        thread.interrupt();
    }
}
