package normlab.port;

import java.util.Optional;

/** The store failed: away (worth another try), or it holds what it should not (not worth one). */
public final class StoreException extends RuntimeException {
    private final boolean retryable;
    private final Optional<String> damagedKey;

    public StoreException(String message, boolean retryable) {
        super(message);
        this.retryable = retryable;
        this.damagedKey = Optional.empty();
    }

    public StoreException(String message, boolean retryable, Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
        this.damagedKey = Optional.empty();
    }

    private StoreException(String key, String message) {
        super(message);
        this.retryable = false;
        this.damagedKey = Optional.of(key);
    }

    /** The bytes under the key are not those that were written: their hash says so. */
    public static StoreException damaged(String key, String message) {
        return new StoreException(key, message);
    }

    public boolean retryable() {
        return retryable;
    }

    /** Whose bytes are damaged, if that is the failure. */
    public Optional<String> damagedKey() {
        return damagedKey;
    }
}
