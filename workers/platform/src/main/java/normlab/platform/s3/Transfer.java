package normlab.platform.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.provenance.Sha256;

/** One object on its way from the store, in pieces, and the SHA-256 of what has passed. */
final class Transfer {
    private static final int PIECE = 1 << 16;

    private final String key;
    private final ArtifactStore.Sink sink;
    private MessageDigest digest = Sha256.digest();
    private long size;

    Transfer(String key, ArtifactStore.Sink sink) {
        this.key = key;
        this.sink = sink;
    }

    /**
     * Passes the whole object on. May be called again after it failed: it then starts over.
     *
     * @throws EOFException if the content is not {@code size} bytes
     */
    void copy(InputStream content, long size) throws IOException {
        this.size = size;
        digest = Sha256.digest();
        sink.begin(size);
        byte[] piece = new byte[Math.clamp(size, 1, PIECE)];
        long left = size;
        for (int read = content.read(piece); read >= 0; read = content.read(piece)) {
            if (read > left) {
                throw new EOFException("[%s] has more than the %d bytes that were announced".formatted(key, size));
            }
            digest.update(piece, 0, read);
            sink.piece(piece, read);
            left -= read;
        }
        if (left > 0) {
            throw new EOFException("[%s] ends %d bytes before its end at %d".formatted(key, left, size));
        }
    }

    /** @throws StoreException naming the key as damaged, if other bytes passed than were written */
    void verify(String expected) {
        String actual = HexFormat.of().formatHex(digest.digest());
        if (!actual.equals(expected)) {
            throw StoreException.damaged(
                    key,
                    "[%s] is damaged: the SHA-256 of its %d bytes is %s, expected %s"
                            .formatted(key, size, actual, expected));
        }
    }
}
