package normlab.platform.stack;

/** The stack cannot do what was asked; the message names the subject, what was found and what to do. */
public final class StackException extends RuntimeException {
    public StackException(String message) {
        super(message);
    }

    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
