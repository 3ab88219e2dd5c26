package normlab.dataset;

import static normlab.dataset.UnusableDataException.damaged;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import normlab.provenance.Sha256;

/**
 * An array of unsigned bytes in the format of MNIST: magic number 0x08 and the number of dimensions, the dimensions as
 * big-endian 32-bit numbers, then the values, the last dimension running fastest.
 *
 * @param dimensions for example count, height, width
 * @param values in a direct buffer
 */
record IdxFile(List<Integer> dimensions, ByteBuffer values) {
    private static final int PIECE = 1 << 16;
    private static final int UNSIGNED_BYTES = 0x0800;

    /** Bytes in front of the values: a magic number and the dimensions, 4 bytes each. */
    static int headerBytes(int rank) {
        return Integer.BYTES * (1 + rank);
    }

    /**
     * Reads to the end of the stream. Nothing is allocated for a header that announces more than {@code limit}.
     *
     * @param rank dimensions expected: 3 for grey images (0x803), 4 for colour (0x804), 1 for labels (0x801)
     * @param limit most values accepted, below 2³¹
     * @throws UnusableDataException if this is not exactly one such array
     */
    static IdxFile read(InputStream in, int rank, long limit) throws IOException, UnusableDataException {
        int magic = number(in);
        if (magic != (UNSIGNED_BYTES | rank)) {
            throw damaged("magic number is 0x%08x, expected 0x%08x", magic, UNSIGNED_BYTES | rank);
        }
        List<Integer> dimensions = new ArrayList<>();
        long size = 1;
        for (int i = 0; i < rank; i++) {
            int dimension = number(in);
            // Before the product is formed size is at most limit, so it cannot overflow.
            size *= Integer.toUnsignedLong(dimension);
            if (size < 1 || size > limit) {
                throw damaged(
                        "header's dimension %d is %s, which makes %s values; expected 1 to %d in all",
                        i + 1, Integer.toUnsignedString(dimension), size, limit);
            }
            dimensions.add(dimension);
        }
        return new IdxFile(List.copyOf(dimensions), values(in, (int) size));
    }

    /** Of the whole file, header included. */
    byte[] sha256() {
        ByteBuffer header = ByteBuffer.allocate(headerBytes(dimensions.size()));
        header.putInt(UNSIGNED_BYTES | dimensions.size());
        dimensions.forEach(header::putInt);
        MessageDigest digest = Sha256.digest();
        digest.update(header.array());
        digest.update(values.duplicate());
        return digest.digest();
    }

    private static ByteBuffer values(InputStream in, int size) throws IOException, UnusableDataException {
        ByteBuffer values = ByteBuffer.allocateDirect(size);
        byte[] piece = new byte[Math.min(size, PIECE)];
        while (values.hasRemaining()) {
            int read = in.read(piece, 0, Math.min(piece.length, values.remaining()));
            if (read < 0) {
                throw damaged("is truncated: %d of the %d values that its header announces", values.position(), size);
            }
            values.put(piece, 0, read);
        }
        values.flip();
        if (in.read() >= 0) {
            throw damaged("has trailing bytes after the %d values that its header announces", size);
        }
        return values;
    }

    private static int number(InputStream in) throws IOException, UnusableDataException {
        byte[] bytes = in.readNBytes(Integer.BYTES);
        if (bytes.length < Integer.BYTES) {
            throw damaged("is truncated: it ends within its header");
        }
        return ByteBuffer.wrap(bytes).getInt();
    }
}
