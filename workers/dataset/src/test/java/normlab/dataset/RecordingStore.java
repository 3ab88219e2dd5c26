package normlab.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.testkit.InMemoryArtifactStore;

/** A store that remembers what was written in which order, and breaks after so many writes if told to. */
final class RecordingStore implements ArtifactStore {
    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final List<String> written = new ArrayList<>();
    private int writesLeft = Integer.MAX_VALUE;

    void breakAfter(int writes) {
        writesLeft = writes;
    }

    List<String> written() {
        return List.copyOf(written);
    }

    void forget() {
        written.clear();
        writesLeft = Integer.MAX_VALUE;
    }

    @Override
    public Optional<byte[]> get(String key) {
        return store.get(key);
    }

    @Override
    public void put(String key, byte[] bytes) {
        if (writesLeft-- <= 0) {
            throw new StoreException("[" + key + "] the store is away", true);
        }
        written.add(key);
        store.put(key, bytes);
    }

    @Override
    public boolean putIfAbsent(String key, byte[] bytes) {
        written.add(key);
        return store.putIfAbsent(key, bytes);
    }

    @Override
    public boolean exists(String key) {
        return store.exists(key);
    }

    @Override
    public List<String> list(String prefix) {
        return store.list(prefix);
    }

    @Override
    public void delete(String key) {
        store.delete(key);
    }
}
