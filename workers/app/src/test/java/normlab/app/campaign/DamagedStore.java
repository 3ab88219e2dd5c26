package normlab.app.campaign;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.testkit.InMemoryArtifactStore;

/** A store in memory whose objects can be damaged, and are whole again once they have been written again. */
public final class DamagedStore implements ArtifactStore {
    private final InMemoryArtifactStore objects = new InMemoryArtifactStore();
    private final Set<String> damaged = new HashSet<>();

    public void damage(String key) {
        objects.require(key);
        damaged.add(key);
    }

    @Override
    public Optional<byte[]> get(String key) {
        if (damaged.contains(key)) {
            throw StoreException.damaged(key, "[" + key + "] is damaged");
        }
        return objects.get(key);
    }

    @Override
    public void put(String key, byte[] bytes) {
        damaged.remove(key);
        objects.put(key, bytes);
    }

    @Override
    public boolean putIfAbsent(String key, byte[] bytes) {
        return objects.putIfAbsent(key, bytes);
    }

    @Override
    public boolean exists(String key) {
        return objects.exists(key);
    }

    @Override
    public List<String> list(String prefix) {
        return objects.list(prefix);
    }

    @Override
    public void delete(String key) {
        damaged.remove(key);
        objects.delete(key);
    }
}
