package normlab.app.evidence;

/**
 * What a verification looked at.
 *
 * @param detail what was found; for what failed, each difference
 */
public record EvidenceCheck(String subject, Outcome outcome, String detail) {
    public EvidenceCheck {
        // What a bundle says may hold what moves a terminal's cursor.
        detail = detail.replaceAll("\\p{Cntrl}", "?");
    }

    /** How a check ended. */
    public enum Outcome {
        RIGHT,
        WRONG,
        /** Nothing in the bundle, or on this machine, to hold it against. */
        NOT_CHECKED
    }

    static EvidenceCheck right(String subject, String detail) {
        return new EvidenceCheck(subject, Outcome.RIGHT, detail);
    }

    static EvidenceCheck wrong(String subject, String detail) {
        return new EvidenceCheck(subject, Outcome.WRONG, detail);
    }

    static EvidenceCheck open(String subject, String detail) {
        return new EvidenceCheck(subject, Outcome.NOT_CHECKED, detail);
    }
}
