package normlab.learning.data;

import ai.djl.ndarray.NDManager;
import java.util.Optional;
import normlab.json.Json;
import normlab.port.ArtifactStore;
import normlab.trial.PreparedDataset;
import normlab.trial.StoreLayout;

/** Keeps the dataset that was used last on the device, since the trials of a campaign share it. Not thread-safe. */
public final class DeviceDatasets implements AutoCloseable {
    private final NDManager parent;
    private final ArtifactStore store;
    private Optional<Resident> resident = Optional.empty();

    public DeviceDatasets(NDManager parent, ArtifactStore store) {
        this.parent = parent;
        this.store = store;
    }

    /** A dataset with its parts on the device. */
    public record Resident(PreparedDataset facts, Images train, Images validation, Images test, NDManager manager) {
        public int classes() {
            return facts.classes().size();
        }
    }

    /** @throws normlab.port.StoreException if it has not been prepared, or its bytes are damaged */
    public Resident get(String name, String fingerprint) {
        if (resident.isPresent() && resident.get().facts().fingerprint().equals(fingerprint)) {
            return resident.get();
        }
        close();
        String key = StoreLayout.dataset(name, fingerprint) + "/manifest.json";
        PreparedDataset facts = Json.read(store.require(key), PreparedDataset.class, key);
        NDManager manager = parent.newSubManager();
        Resident loaded = new Resident(
                facts,
                Images.load(manager, store, facts, "train", facts.train()),
                Images.load(manager, store, facts, "validation", facts.validation()),
                Images.load(manager, store, facts, "test", facts.test()),
                manager);
        resident = Optional.of(loaded);
        return loaded;
    }

    @Override
    public void close() {
        resident.ifPresent(r -> r.manager().close());
        resident = Optional.empty();
    }
}
