package normlab.platform.s3;

import normlab.port.StoreException;
import normlab.provenance.Sha256;

/** Bytes against the SHA-256 that was stored with them. */
final class Checksums {
    private Checksums() {}

    /**
     * The bytes themselves.
     *
     * @throws StoreException naming the key as damaged, if they are others
     */
    static byte[] verified(String key, byte[] bytes, String expected) {
        String actual = Sha256.of(bytes);
        if (!actual.equals(expected)) {
            throw StoreException.damaged(
                    key,
                    "[%s] is damaged: the SHA-256 of its %d bytes is %s, expected %s"
                            .formatted(key, bytes.length, actual, expected));
        }
        return bytes;
    }
}
