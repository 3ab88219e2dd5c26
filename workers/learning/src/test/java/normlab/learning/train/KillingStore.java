package normlab.learning.train;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import normlab.port.ArtifactStore;

/** A store whose user is killed during one of its changes or right after it. */
class KillingStore implements ArtifactStore {
    private final ArtifactStore store;
    private final int at;
    private final Moment moment;
    private int changes;

    /** The end of a process, as far as a test can have one: nothing may catch it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    enum Moment {
        HALF,
        AFTER
    }

    KillingStore(ArtifactStore store, int at, Moment moment) {
        this.store = store;
        this.at = at;
        this.moment = moment;
    }

    /** Counts, and kills nobody. */
    KillingStore(ArtifactStore store) {
        this(store, -1, Moment.AFTER);
    }

    int changes() {
        return changes;
    }

    @Override
    public void put(String key, ByteBuffer... pieces) {
        ByteBuffer whole = ByteBuffer.allocate(
                Arrays.stream(pieces).mapToInt(ByteBuffer::remaining).sum());
        for (ByteBuffer piece : pieces) {
            whole.put(piece.duplicate());
        }
        change(whole.flip(), some -> store.put(key, some));
    }

    @Override
    public boolean putIfAbsent(String key, ByteBuffer bytes) {
        boolean[] written = {false};
        change(bytes, some -> {
            // The record commits: a store that can leave half of it keeps no promise at all.
            if (some.remaining() == bytes.remaining() || !key.endsWith("training.json")) {
                written[0] = store.putIfAbsent(key, some);
            }
        });
        return written[0];
    }

    @Override
    public void delete(String key) {
        change(ByteBuffer.allocate(0), nothing -> store.delete(key));
    }

    private void change(ByteBuffer bytes, Consumer<ByteBuffer> write) {
        boolean now = changes++ == at;
        write.accept(now && moment == Moment.HALF ? bytes.slice(bytes.position(), bytes.remaining() / 2) : bytes);
        if (now) {
            throw new Killed();
        }
    }

    @Override
    public boolean read(String key, Sink sink) {
        return store.read(key, sink);
    }

    @Override
    public boolean exists(String key) {
        return store.exists(key);
    }

    @Override
    public List<String> list(String prefix) {
        return store.list(prefix);
    }
}
