package normlab.app.doctor;

/**
 * One thing that was looked at.
 *
 * @param needed what it should be, and for what
 * @param remedy what to do; empty where nothing is to be done
 */
public record Finding(String subject, Standing standing, String found, String needed, String remedy) {
    /** Whether it will do. */
    public enum Standing {
        GOOD,
        /** Something is slower, or missing, that not everybody needs. */
        NOTE,
        /** A campaign cannot run. */
        PROBLEM
    }

    static Finding good(String subject, String found, String needed) {
        return new Finding(subject, Standing.GOOD, found, needed, "");
    }

    static Finding note(String subject, String found, String needed, String remedy) {
        return new Finding(subject, Standing.NOTE, found, needed, remedy);
    }

    static Finding problem(String subject, String found, String needed, String remedy) {
        return new Finding(subject, Standing.PROBLEM, found, needed, remedy);
    }

    static Finding of(boolean good, String subject, String found, String needed, String remedy) {
        return good ? good(subject, found, needed) : problem(subject, found, needed, remedy);
    }
}
