package normlab.trial;

import java.time.Instant;

/**
 * How a campaign ended without a report. It goes away when the campaign goes on.
 *
 * @param shown whether the tracking server has been told
 */
public record Abort(Kind kind, Instant at, String reason, boolean shown) {
    /** Who ended it: a person, or a failure. */
    public enum Kind {
        CANCELLED,
        FAILED
    }

    public Abort asShown() {
        return new Abort(kind, at, reason, true);
    }
}
