package normlab.platform.stack;

import java.time.Duration;

/** Counts how long a process has not answered, from one question to the next. */
final class Silence {
    /** One lost answer is no silence, however long the one who asks was asleep before it. */
    private static final int QUESTIONS = 3;

    private final Duration tooLong;
    private long lastAnswer = System.nanoTime();
    private int unanswered;

    Silence(Duration tooLong) {
        this.tooLong = tooLong;
    }

    boolean isTooLongAfter(boolean answered) {
        if (answered) {
            lastAnswer = System.nanoTime();
            unanswered = 0;
            return false;
        }
        unanswered++;
        return unanswered >= QUESTIONS && length().compareTo(tooLong) > 0;
    }

    Duration length() {
        return Duration.ofNanos(System.nanoTime() - lastAnswer);
    }
}
