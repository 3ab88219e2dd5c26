package normlab.port;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Objects under keys: data, checkpoints, results, reports. Every byte read is verified against the SHA-256 that was
 * stored with it. Keys are relative paths with {@code /} between components.
 *
 * <p>Small objects travel as byte arrays. Datasets, models and checkpoints take hundreds of MiB: they are read and written
 * as direct buffers, which lie outside the Java heap, and no store holds a second copy of them.
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

    /** Writes or replaces, atomically: a reader sees the old bytes or the new ones. @param bytes the remaining ones */
    void put(String key, ByteBuffer bytes);

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
        return buffer(key, ByteBuffer::allocate).map(ByteBuffer::array);
    }

    /** An object in a direct buffer; throws as {@link #read} does. */
    default Optional<ByteBuffer> getDirect(String key) {
        return buffer(key, ByteBuffer::allocateDirect);
    }

    private Optional<ByteBuffer> buffer(String key, IntFunction<ByteBuffer> allocator) {
        BufferSink sink = new BufferSink(key, allocator);
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

    /** As {@link #require}, in a direct buffer. */
    default ByteBuffer requireDirect(String key) {
        return getDirect(key).orElseThrow(() -> missing(key));
    }

    private static StoreException missing(String key) {
        return new StoreException("[" + key + "] is not in the store", false);
    }
}
