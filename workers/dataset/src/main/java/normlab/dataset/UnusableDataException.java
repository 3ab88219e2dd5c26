package normlab.dataset;

/** One source, or one file of it, cannot be used; another may. */
final class UnusableDataException extends Exception {
    /** What follows from it. */
    enum Kind {
        /** Nothing is there: the next source is tried. */
        ABSENT,
        /** Something wrong is there: fatal where the user named it. */
        DAMAGED,
        /** The network or a tool failed: another attempt could help. */
        UNREACHABLE
    }

    private final Kind kind;

    UnusableDataException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    UnusableDataException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    static UnusableDataException absent(String message) {
        return new UnusableDataException(Kind.ABSENT, message);
    }

    static UnusableDataException damaged(String message, Object... found) {
        return new UnusableDataException(Kind.DAMAGED, message.formatted(found));
    }

    static UnusableDataException damaged(Throwable cause, String message) {
        return new UnusableDataException(Kind.DAMAGED, message, cause);
    }

    Kind kind() {
        return kind;
    }

    /** The same failure, with the file before it and advice after it. */
    UnusableDataException about(Object subject, String advice) {
        return new UnusableDataException(kind, "[%s] %s; %s".formatted(subject, getMessage(), advice), this);
    }
}
