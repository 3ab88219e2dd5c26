package normlab.learning.data;

import ai.djl.ndarray.NDManager;
import java.util.Optional;
import normlab.json.Json;
import normlab.port.ArtifactStore;
import normlab.trial.PreparedDataset;
import normlab.trial.StoreLayout;

/**
 * Keeps the dataset that was used last on the device, since the trials of a campaign share it. The device is opened at the
 * first use: its native libraries take seconds to load, and a process that starts beside the servers has no need of them
 * yet. Not thread-safe.
 */
public final class DeviceDatasets implements AutoCloseable {
    private final ArtifactStore store;
    private Optional<NDManager> device = Optional.empty();
    private Optional<Dataset> resident = Optional.empty();

    public DeviceDatasets(ArtifactStore store) {
        this.store = store;
    }

    /** Owns all arrays of this process. */
    public NDManager device() {
        NDManager opened = device.orElseGet(NDManager::newBaseManager);
        device = Optional.of(opened);
        return opened;
    }

    /** A dataset with its parts. */
    public record Dataset(PreparedDataset facts, Samples train, Samples validation, Samples test, NDManager manager) {
        public int classes() {
            return facts.classes().size();
        }
    }

    /** @throws normlab.port.StoreException if it has not been prepared, or its bytes are damaged */
    public Dataset get(String name, String fingerprint) {
        if (resident.isPresent() && resident.get().facts().fingerprint().equals(fingerprint)) {
            return resident.get();
        }
        release();
        String key = StoreLayout.dataset(name, fingerprint) + "/manifest.json";
        PreparedDataset facts = Json.read(store.require(key), PreparedDataset.class, key);
        NDManager manager = device().newSubManager();
        Dataset loaded = new Dataset(
                facts,
                Images.load(manager, store, facts, "train", facts.train()),
                Images.load(manager, store, facts, "validation", facts.validation()),
                Images.load(manager, store, facts, "test", facts.test()),
                manager);
        resident = Optional.of(loaded);
        return loaded;
    }

    private void release() {
        resident.ifPresent(r -> r.manager().close());
        resident = Optional.empty();
    }

    @Override
    public void close() {
        release();
        device.ifPresent(NDManager::close);
        device = Optional.empty();
    }
}
