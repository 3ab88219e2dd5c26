package normlab.testkit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import normlab.port.ArtifactStore;

/** A store in a map. It meets the contract of {@link ArtifactStore} without SHA-256: nothing corrupts a map. */
public class InMemoryArtifactStore implements ArtifactStore {
    private final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

    @Override
    public boolean read(String key, Sink sink) {
        byte[] bytes = objects.get(key);
        if (bytes == null) {
            return false;
        }
        sink.whole(bytes);
        return true;
    }

    @Override
    public void put(String key, ByteBuffer... pieces) {
        objects.put(key, copy(pieces));
    }

    @Override
    public boolean putIfAbsent(String key, ByteBuffer bytes) {
        return objects.putIfAbsent(key, copy(bytes)) == null;
    }

    private static byte[] copy(ByteBuffer... pieces) {
        ByteBuffer copy = ByteBuffer.allocate(
                Arrays.stream(pieces).mapToInt(ByteBuffer::remaining).sum());
        for (ByteBuffer piece : pieces) {
            copy.put(piece.duplicate());
        }
        return copy.array();
    }

    @Override
    public boolean exists(String key) {
        return objects.containsKey(key);
    }

    @Override
    public List<String> list(String prefix) {
        return objects.tailMap(prefix).keySet().stream()
                .takeWhile(k -> k.startsWith(prefix))
                .toList();
    }

    @Override
    public void delete(String key) {
        objects.remove(key);
    }
}
