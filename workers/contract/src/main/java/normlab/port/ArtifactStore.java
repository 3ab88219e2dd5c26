package normlab.port;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Objects under keys: data, checkpoints, results, reports. Every byte read is verified against the SHA-256 that was
 * stored with it. Keys are relative paths with {@code /} between components.
 *
 * <p>Small objects travel as byte arrays. Datasets, models and checkpoints take hundreds of MiB: they are read into and
 * written from buffers that lie wherever the caller wants them, outside the Java heap too, and no store makes a copy.
 */
public interface ArtifactStore {
    /** Takes the bytes of one object in pieces. They are verified once {@link #read} has returned, not before. */
    interface Sink {
        /**
         * Comes before the first piece, and again when a broken transfer starts over.
         *
         * @param size of the whole object
         */
        void begin(long size);

        /** @param piece whose first {@code length} bytes come next; the array is used again for the next piece */
        void piece(byte[] piece, int length);

        /** The whole object in one piece. */
        default void whole(byte[] bytes) {
            begin(bytes.length);
            piece(bytes, bytes.length);
        }
    }

    /**
     * Reads an object in pieces.
     *
     * @return whether it exists
     * @throws StoreException if the store cannot be reached, or the bytes are not those that were written; it then names
     *     the {@link StoreException#damagedKey}
     */
    boolean read(String key, Sink sink);

    /**
     * Writes or replaces, atomically: a reader sees the old bytes or the new ones.
     *
     * @param pieces whose remaining bytes, one after the other, are the object
     */
    void put(String key, ByteBuffer... pieces);

    /**
     * Writes unless the key exists; whoever comes second changes nothing.
     *
     * @param bytes the remaining ones
     * @return whether these bytes were written
     */
    boolean putIfAbsent(String key, ByteBuffer bytes);

    boolean exists(String key);

    /** All keys that begin with {@code prefix}, in order. */
    List<String> list(String prefix);

    /**
     * The names of the objects and folders directly in a folder, in order: the next component of each key beneath it. A
     * store that keeps folders or delimiters answers without looking at every key.
     *
     * @param folder ends with {@code /}
     */
    default List<String> children(String folder) {
        return list(folder).stream()
                .map(key -> key.substring(folder.length()).split("/", 2)[0])
                .distinct()
                .sorted()
                .toList();
    }

    /** Deletes the key if it exists. */
    void delete(String key);

    /**
     * Makes room for an object that is to be made again: moves it, its bytes as they are, to {@code damaged/<key>}, where a
     * person may look at it. Does nothing if there is none. A store that cannot keep it deletes it.
     */
    default void setAside(String key) {
        delete(key);
    }

    /** An object on the heap; throws as {@link #read} does. */
    default Optional<byte[]> get(String key) {
        return get(key, ByteBuffer::allocate).map(ByteBuffer::array);
    }

    /**
     * An object where the caller wants it; throws as {@link #read} does.
     *
     * @param memory gives a buffer of so many bytes, such as {@code ByteBuffer::allocateDirect}
     */
    default Optional<ByteBuffer> get(String key, IntFunction<ByteBuffer> memory) {
        BufferSink sink = new BufferSink(key, memory);
        return read(key, sink) ? Optional.of(sink.filled()) : Optional.empty();
    }

    /** Reads an object for nothing but its verification; throws as {@link #read} does. @return whether it exists */
    default boolean verify(String key) {
        return read(key, new Sink() {
            @Override
            public void begin(long size) {
                // Nothing is kept.
            }

            @Override
            public void piece(byte[] piece, int length) {
                // Nothing is kept.
            }
        });
    }

    default void put(String key, byte[] bytes) {
        put(key, ByteBuffer.wrap(bytes));
    }

    default boolean putIfAbsent(String key, byte[] bytes) {
        return putIfAbsent(key, ByteBuffer.wrap(bytes));
    }

    /** @throws StoreException naming the key, if it does not exist */
    default byte[] require(String key) {
        return get(key).orElseThrow(() -> missing(key));
    }

    /** As {@link #get(String, IntFunction)}; throws a {@link StoreException} naming the key, if it does not exist. */
    default ByteBuffer require(String key, IntFunction<ByteBuffer> memory) {
        return get(key, memory).orElseThrow(() -> missing(key));
    }

    private static StoreException missing(String key) {
        return new StoreException("[" + key + "] is not in the store", false);
    }
}
