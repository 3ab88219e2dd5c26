package normlab.app.campaign;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import normlab.port.StoreException;
import normlab.testkit.InMemoryArtifactStore;

/** A store in memory whose objects can be damaged, and are whole again once they have been written again. */
public final class DamagedStore extends InMemoryArtifactStore {
    private final Set<String> damaged = new HashSet<>();

    public void damage(String key) {
        require(key);
        damaged.add(key);
    }

    @Override
    public Optional<byte[]> get(String key) {
        if (damaged.contains(key)) {
            throw StoreException.damaged(key, "[" + key + "] is damaged");
        }
        return super.get(key);
    }

    @Override
    public void put(String key, byte[] bytes) {
        damaged.remove(key);
        super.put(key, bytes);
    }

    @Override
    public void delete(String key) {
        damaged.remove(key);
        super.delete(key);
    }
}
