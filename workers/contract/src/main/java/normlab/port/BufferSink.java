package normlab.port;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.IntFunction;

/** Collects an object in one buffer, which is allocated once its size is known. */
final class BufferSink implements ArtifactStore.Sink {
    private final String key;
    private final IntFunction<ByteBuffer> memory;
    private Optional<ByteBuffer> buffer = Optional.empty();

    BufferSink(String key, IntFunction<ByteBuffer> memory) {
        this.key = key;
        this.memory = memory;
    }

    @Override
    public void begin(long size) {
        if (size > Integer.MAX_VALUE) {
            throw new StoreException(
                    "[%s] has %d bytes, expected at most %d, which one buffer holds; read it in pieces"
                            .formatted(key, size, Integer.MAX_VALUE),
                    false);
        }
        // A transfer that starts over fills the same memory again.
        buffer = Optional.of(buffer.filter(b -> b.capacity() == size)
                .map(ByteBuffer::clear)
                .orElseGet(() -> memory.apply((int) size)));
    }

    @Override
    public void piece(byte[] piece, int length) {
        buffer.orElseThrow().put(piece, 0, length);
    }

    ByteBuffer filled() {
        return buffer.orElseThrow().flip();
    }
}
