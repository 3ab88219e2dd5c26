package normlab.learning.data;

import ai.djl.ndarray.NDManager;
import java.util.Optional;
import normlab.json.Json;
import normlab.learning.ComputeDevice;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.trial.PreparedDataset;
import normlab.trial.SampleStream;

/**
 * Keeps the dataset that was used last on the device, since the trials of a campaign share it. The device is opened at the
 * first use: its native libraries take seconds to load, and a process that starts beside the servers has no need of them
 * yet. Not thread-safe.
 */
public final class DeviceDatasets implements AutoCloseable {
    private final ArtifactStore store;
    private final SampleStream.Source streams;
    private Optional<NDManager> device = Optional.empty();
    private Optional<Dataset> resident = Optional.empty();

    /** @param streams of the datasets that are too large for the device */
    public DeviceDatasets(ArtifactStore store, SampleStream.Source streams) {
        this.store = store;
        this.streams = streams;
    }

    /** For datasets that fit the device. */
    public DeviceDatasets(ArtifactStore store) {
        this(store, (dataset, part, shuffle, skipped) -> {
            throw new StoreException(
                    "[%s] is stored in shards, and this process was given nothing that reads them"
                            .formatted(dataset.name()),
                    false);
        });
    }

    /** Owns all arrays of this process, on the device that the environment names. */
    public NDManager device() {
        NDManager opened = device.orElseGet(ComputeDevice.ofEnvironment()::open);
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
        String key = PreparedDataset.key(name, fingerprint);
        PreparedDataset facts = Json.read(store.require(key), PreparedDataset.class, key);
        NDManager manager = device().newSubManager();
        Dataset loaded = new Dataset(
                facts,
                samples(manager, facts, "train"),
                samples(manager, facts, "validation"),
                samples(manager, facts, "test"),
                manager);
        resident = Optional.of(loaded);
        return loaded;
    }

    private Samples samples(NDManager manager, PreparedDataset facts, String part) {
        return facts.part(part).shards().isPresent()
                ? new StreamedImages(manager, streams, facts, part)
                : Images.load(manager, store, facts, facts.part(part));
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
