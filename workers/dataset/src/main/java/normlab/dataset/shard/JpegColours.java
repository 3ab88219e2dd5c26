package normlab.dataset.shard;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads from a JPEG's header what its channels mean. */
final class JpegColours {
    private static final int START = 0xFFD8;
    private static final int JFIF = 0xFFE0;
    private static final int ADOBE = 0xFFEE;
    private static final int SCAN = 0xFFDA;
    private static final int LENGTH = 2;
    /** Within Adobe's segment. */
    private static final int TRANSFORM = LENGTH + 11;
    /** Within the segment of the frame, followed by three bytes for each channel, of which the first is its name. */
    private static final int CHANNELS = LENGTH + 5;

    private JpegColours() {}

    /** @return empty if this is not a JPEG with a whole header */
    static Optional<StoredColours> of(byte[] image) {
        ByteBuffer bytes = ByteBuffer.wrap(image);
        if (bytes.remaining() < 2 || Short.toUnsignedInt(bytes.getShort()) != START) {
            return Optional.empty();
        }
        boolean jfif = false;
        Optional<Integer> adobe = Optional.empty();
        while (bytes.remaining() >= 4) {
            int marker = Short.toUnsignedInt(bytes.getShort());
            if (marker == 0xFFFF) {
                // A byte that fills up.
                bytes.position(bytes.position() - 1);
                continue;
            }
            int segment = bytes.position();
            int next = segment + Short.toUnsignedInt(bytes.getShort());
            if (marker == SCAN || next > bytes.limit() || next < segment + LENGTH) {
                return Optional.empty();
            }
            jfif |= marker == JFIF && startsWith(bytes, "JFIF");
            if (marker == ADOBE && startsWith(bytes, "Adobe") && next - segment > TRANSFORM) {
                adobe = Optional.of((int) bytes.get(segment + TRANSFORM));
            }
            if (isFrame(marker) && next - segment > CHANNELS + 1) {
                boolean named = bytes.get(segment + CHANNELS + 1) == 'R';
                return of(bytes.get(segment + CHANNELS), jfif, adobe, named);
            }
            bytes.position(next);
        }
        return Optional.empty();
    }

    private static Optional<StoredColours> of(int channels, boolean jfif, Optional<Integer> adobe, boolean named) {
        return switch (channels) {
            case 1 -> Optional.of(StoredColours.GREY);
            case 3 -> {
                boolean stored = adobe.map(transform -> transform == 0).orElse(named);
                yield Optional.of(stored && !jfif ? StoredColours.RGB : StoredColours.YCBCR);
            }
            case 4 ->
                Optional.of(
                        adobe.filter(transform -> transform == 2).isPresent()
                                ? StoredColours.YCCK
                                : StoredColours.CMYK);
            default -> Optional.empty();
        };
    }

    private static boolean startsWith(ByteBuffer segment, String name) {
        for (int i = 0; i < name.length(); i++) {
            int at = segment.position() + i;
            if (at >= segment.limit() || segment.get(at) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** SOF0 to SOF15, but for the three in between that are tables. */
    private static boolean isFrame(int marker) {
        return marker >= 0xFFC0 && marker <= 0xFFCF && marker != 0xFFC4 && marker != 0xFFC8 && marker != 0xFFCC;
    }
}
