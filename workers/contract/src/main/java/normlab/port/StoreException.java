package normlab.port;

/** The store failed: away (worth another try), or it holds what it should not (not worth one). */
public final class StoreException extends RuntimeException {
    private final boolean retryable;

    public StoreException(String message, boolean retryable) {
        super(message);
        this.retryable = retryable;
    }

    public StoreException(String message, boolean retryable, Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
    }

    public boolean retryable() {
        return retryable;
    }
}
