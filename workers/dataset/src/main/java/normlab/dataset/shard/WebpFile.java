package normlab.dataset.shard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What is checked of a WebP file before it is decoded. Its reader takes the end of a lossless file for zeros, and decodes an
 * image of any size inside a header that announces a small one.
 */
final class WebpFile {
    private static final int HEADER = 12;
    private static final int CHUNK = 8;

    private record Size(int width, int height) {
        @Override
        public String toString() {
            return width + "×" + height;
        }
    }

    private WebpFile() {}

    /** @throws IOException if this is a WebP file that is truncated, animated or of another size than it announces */
    static void check(byte[] file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < HEADER
                || !name(bytes, 0).equals("RIFF")
                || !name(bytes, 8).equals("WEBP")) {
            return;
        }
        long end = CHUNK + Integer.toUnsignedLong(bytes.getInt(4));
        if (end > file.length) {
            throw new IOException("is truncated (%d of %d bytes)".formatted(file.length, end));
        }
        try {
            check(bytes.limit((int) end));
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("is a damaged image (a part of it is too short)", e);
        }
    }

    private static void check(ByteBuffer bytes) throws IOException {
        Optional<Size> announced = Optional.empty();
        long at = HEADER;
        while (at + CHUNK <= bytes.limit()) {
            int content = (int) at + CHUNK;
            String name = name(bytes, (int) at);
            if (name.equals("ANMF")) {
                throw new IOException("is animated");
            }
            Optional<Size> size = size(name, bytes, content);
            if (announced.isPresent() && size.isPresent() && !size.equals(announced)) {
                throw new IOException("announces %s pixels and has %s".formatted(announced.get(), size.get()));
            }
            announced = announced.or(() -> size);
            long length = Integer.toUnsignedLong(bytes.getInt(content - 4));
            // An odd length is followed by a byte that fills up.
            at = content + length + (length & 1);
        }
        if (at > bytes.limit()) {
            throw new IOException("is a damaged image (its last part ends after the file)");
        }
    }

    private static Optional<Size> size(String chunk, ByteBuffer bytes, int at) {
        return switch (chunk) {
            case "VP8X" -> Optional.of(new Size(1 + int24(bytes, at + 4), 1 + int24(bytes, at + 7)));
            case "VP8 " -> Optional.of(new Size(bytes.getShort(at + 6) & 0x3FFF, bytes.getShort(at + 8) & 0x3FFF));
            case "VP8L" -> {
                int sides = bytes.getInt(at + 1);
                yield Optional.of(new Size(1 + (sides & 0x3FFF), 1 + (sides >> 14 & 0x3FFF)));
            }
            default -> Optional.empty();
        };
    }

    private static int int24(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at)) | Byte.toUnsignedInt(bytes.get(at + 2)) << 16;
    }

    private static String name(ByteBuffer bytes, int at) {
        byte[] name = new byte[4];
        bytes.get(at, name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }
}
