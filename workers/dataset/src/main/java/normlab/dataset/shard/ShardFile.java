package normlab.dataset.shard;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import normlab.port.StoreException;

/**
 * Some encoded images with their labels in one piece of the store: the mark {@code NLS1}, their number, for each its label
 * and length, then the images. All numbers are big-endian 32-bit ones.
 */
public record ShardFile(List<Sample> samples) {
    private static final byte[] MARK = "NLS1".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 8;
    private static final int ENTRY = 8;

    /** @param image encoded, for example JPEG */
    public record Sample(int label, byte[] image) {}

    public ShardFile {
        samples = List.copyOf(samples);
    }

    public byte[] encode() {
        int length = HEADER
                + samples.stream().mapToInt(s -> ENTRY + s.image().length).reduce(0, Math::addExact);
        ByteBuffer buffer = ByteBuffer.allocate(length).put(MARK).putInt(samples.size());
        samples.forEach(s -> buffer.putInt(s.label()).putInt(s.image().length));
        samples.forEach(s -> buffer.put(s.image()));
        return buffer.array();
    }

    /**
     * @param key of the shard, for messages
     * @throws StoreException if the bytes are not exactly one shard
     */
    public static ShardFile decode(byte[] bytes, String key) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length < HEADER || !Arrays.equals(MARK, 0, MARK.length, bytes, 0, MARK.length)) {
            throw damaged(key, "does not begin with the mark of a shard");
        }
        int count = buffer.position(MARK.length).getInt();
        long table = HEADER + (long) count * ENTRY;
        if (count < 0 || table > bytes.length) {
            throw damaged(key, "announces %d images in %d bytes".formatted(count, bytes.length));
        }
        List<Sample> samples = new ArrayList<>(count);
        long from = table;
        for (int i = 0; i < count; i++) {
            int label = buffer.getInt();
            int length = buffer.getInt();
            if (length < 0 || from + length > bytes.length) {
                throw damaged(key, "announces %d bytes for image %d, and ends before".formatted(length, i));
            }
            samples.add(new Sample(label, Arrays.copyOfRange(bytes, (int) from, (int) from + length)));
            from += length;
        }
        if (from != bytes.length) {
            throw damaged(key, "has %d bytes after its last image".formatted(bytes.length - from));
        }
        return new ShardFile(samples);
    }

    private static StoreException damaged(String key, String what) {
        return new StoreException("[%s] %s; prepare the dataset again".formatted(key, what), false);
    }
}
