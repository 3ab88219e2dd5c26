package normlab.port;

import java.nio.ByteBuffer;

/** A store that is only read. */
public interface ReadOnlyStore extends ArtifactStore {
    /** What the store is, for the message of a refused write. */
    String place();

    @Override
    default void put(String key, ByteBuffer... pieces) {
        throw readOnly(key);
    }

    @Override
    default boolean putIfAbsent(String key, ByteBuffer bytes) {
        throw readOnly(key);
    }

    @Override
    default void delete(String key) {
        throw readOnly(key);
    }

    @Override
    default void setAside(String key) {
        throw readOnly(key);
    }

    private StoreException readOnly(String key) {
        return new StoreException("[%s] cannot be written: %s is only read here".formatted(key, place()), false);
    }
}
