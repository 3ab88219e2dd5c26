package normlab.dataset;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import normlab.port.StoreException;
import normlab.testkit.InMemoryArtifactStore;

/** A store that remembers what was written in which order, and can be made to fail after so many writes. */
final class RecordingStore extends InMemoryArtifactStore {
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
    public void put(String key, ByteBuffer... pieces) {
        if (writesLeft-- <= 0) {
            throw new StoreException("[" + key + "] the store is away", true);
        }
        written.add(key);
        super.put(key, pieces);
    }

    @Override
    public boolean putIfAbsent(String key, ByteBuffer bytes) {
        written.add(key);
        return super.putIfAbsent(key, bytes);
    }
}
