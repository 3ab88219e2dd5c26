package normlab.app.worker;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import normlab.port.StoreException;
import normlab.testkit.InMemoryArtifactStore;

/** A store in memory whose objects can be damaged, and are whole again once they have been written again. */
public final class DamagedStore extends InMemoryArtifactStore {
    private final Set<String> damaged = new HashSet<>();
    private final List<String> written = new ArrayList<>();

    public void damage(String key) {
        require(key);
        damaged.add(key);
    }

    /** Keys that were put, each as often as it was. */
    public List<String> written() {
        return List.copyOf(written);
    }

    @Override
    public boolean read(String key, Sink sink) {
        if (damaged.contains(key)) {
            throw StoreException.damaged(key, "[" + key + "] is damaged");
        }
        return super.read(key, sink);
    }

    @Override
    public void put(String key, ByteBuffer... pieces) {
        damaged.remove(key);
        written.add(key);
        super.put(key, pieces);
    }

    @Override
    public void delete(String key) {
        damaged.remove(key);
        super.delete(key);
    }
}
