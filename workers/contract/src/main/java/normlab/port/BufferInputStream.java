package normlab.port;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/** The remaining bytes of buffers as a stream. The buffers' own positions stay. */
public final class BufferInputStream extends InputStream {
    private final Queue<ByteBuffer> left = new ArrayDeque<>();

    public BufferInputStream(ByteBuffer... pieces) {
        Arrays.stream(pieces).map(ByteBuffer::asReadOnlyBuffer).forEach(left::add);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        while (!left.isEmpty() && !left.element().hasRemaining()) {
            left.remove();
        }
        if (left.isEmpty()) {
            return length == 0 ? 0 : -1;
        }
        int count = Math.min(length, left.element().remaining());
        left.element().get(target, offset, count);
        return count;
    }
}
