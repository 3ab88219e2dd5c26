package normlab.task;

import java.time.Duration;

/** The work is not done but safe: whoever takes the task next goes on from there. No attempt is spent. */
public final class HandBack extends Exception {
    private final Duration pause;

    /** To be taken again at once. */
    public HandBack(String message) {
        this(message, Duration.ZERO);
    }

    /** @param pause before the task is offered again, in whole seconds */
    public HandBack(String message, Duration pause) {
        super(message);
        this.pause = pause;
    }

    public Duration pause() {
        return pause;
    }
}
