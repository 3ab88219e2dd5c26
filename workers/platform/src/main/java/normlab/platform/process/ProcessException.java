package normlab.platform.process;

/** A process cannot be started, found or stopped; the message says which, what was found and what to do. */
public final class ProcessException extends RuntimeException {
    public ProcessException(String message) {
        super(message);
    }

    public ProcessException(String message, Throwable cause) {
        super(message, cause);
    }
}
