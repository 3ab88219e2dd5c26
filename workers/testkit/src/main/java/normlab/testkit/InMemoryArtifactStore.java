package normlab.testkit;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import normlab.port.ArtifactStore;

/** A store in a map. It keeps the contract of {@link ArtifactStore} but for the SHA-256, which nothing can damage here. */
public class InMemoryArtifactStore implements ArtifactStore {
    private final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

    @Override
    public Optional<byte[]> get(String key) {
        return Optional.ofNullable(objects.get(key)).map(byte[]::clone);
    }

    @Override
    public void put(String key, byte[] bytes) {
        objects.put(key, bytes.clone());
    }

    @Override
    public boolean putIfAbsent(String key, byte[] bytes) {
        return objects.putIfAbsent(key, bytes.clone()) == null;
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
