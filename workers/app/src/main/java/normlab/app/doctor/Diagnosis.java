package normlab.app.doctor;

/**
 * One thing that was looked at.
 *
 * @param needed what it should be, and for what
 * @param remedy what to do; empty where nothing is to be done
 */
public record Diagnosis(String subject, Severity standing, String found, String needed, String remedy) {
    /** How much it matters. */
    public enum Severity {
        GOOD,
        /** Something is slower, or missing, that not everybody needs. */
        NOTE,
        /** A campaign cannot run. */
        PROBLEM
    }

    static Diagnosis good(String subject, String found, String needed) {
        return new Diagnosis(subject, Severity.GOOD, found, needed, "");
    }

    static Diagnosis note(String subject, String found, String needed, String remedy) {
        return new Diagnosis(subject, Severity.NOTE, found, needed, remedy);
    }

    static Diagnosis problem(String subject, String found, String needed, String remedy) {
        return new Diagnosis(subject, Severity.PROBLEM, found, needed, remedy);
    }

    static Diagnosis of(boolean good, String subject, String found, String needed, String remedy) {
        return good ? good(subject, found, needed) : problem(subject, found, needed, remedy);
    }
}
