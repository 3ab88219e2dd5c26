package normlab.port;

import java.util.List;
import java.util.Optional;

/**
 * Objects under keys: data, checkpoints, results, reports. Every byte read is verified against the SHA-256 that was
 * stored with it. Keys are relative paths with {@code /} between components.
 */
public interface ArtifactStore {
    /**
     * @throws StoreException if the store cannot be reached, or the bytes are not those that were written; it then names
     *     the {@link StoreException#damagedKey}
     */
    Optional<byte[]> get(String key);

    /** Writes or replaces, atomically: a reader sees the old bytes or the new ones. */
    void put(String key, byte[] bytes);

    /** Writes unless the key exists; whoever comes second changes nothing. @return whether these bytes were written */
    boolean putIfAbsent(String key, byte[] bytes);

    boolean exists(String key);

    /** All keys that begin with {@code prefix}, in order. */
    List<String> list(String prefix);

    /** Deletes the key if it exists. */
    void delete(String key);

    /**
     * Makes room for an object that is to be made again: moves it, its bytes as they are, to {@code damaged/<key>}, where a
     * person may look at it. Does nothing where there is none. A store that cannot keep it deletes it.
     */
    default void setAside(String key) {
        delete(key);
    }

    /** @throws StoreException naming the key, if it does not exist */
    default byte[] require(String key) {
        return get(key).orElseThrow(() -> new StoreException("[" + key + "] is not in the store", false));
    }
}
