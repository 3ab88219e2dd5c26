package normlab.port;

import java.io.InputStream;
import java.nio.ByteBuffer;

/** The remaining bytes of a buffer as a stream. The buffer's own position stays. */
public final class BufferInputStream extends InputStream {
    private final ByteBuffer bytes;

    public BufferInputStream(ByteBuffer bytes) {
        this.bytes = bytes.asReadOnlyBuffer();
    }

    @Override
    public int read() {
        return bytes.hasRemaining() ? Byte.toUnsignedInt(bytes.get()) : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        int count = Math.min(length, bytes.remaining());
        bytes.get(target, offset, count);
        return count == 0 ? -1 : count;
    }

    @Override
    public long skip(long wanted) {
        int count = Math.clamp(wanted, 0, bytes.remaining());
        bytes.position(bytes.position() + count);
        return count;
    }

    @Override
    public int available() {
        return bytes.remaining();
    }
}
