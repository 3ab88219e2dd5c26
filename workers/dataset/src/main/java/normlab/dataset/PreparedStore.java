package normlab.dataset;

import java.util.List;
import java.util.Optional;
import normlab.json.Json;
import normlab.port.ArtifactStore;
import normlab.provenance.Sha256;
import normlab.trial.PreparedDataset;
import normlab.trial.StoreLayout;

/** The prepared samples of one dataset and split in the store. The manifest is written last: it means all is there. */
final class PreparedStore {
    private static final List<String> SAMPLES = List.of(
            "train.images", "train.labels", "validation.images", "validation.labels", "test.images", "test.labels");

    private final ArtifactStore store;
    private final String prefix;

    PreparedStore(ArtifactStore store, String name, String fingerprint) {
        this.store = store;
        this.prefix = StoreLayout.dataset(name, fingerprint);
    }

    String prefix() {
        return prefix;
    }

    /** What is there, if it is there whole. */
    Optional<PreparedDataset> complete() {
        return store.get(key("manifest.json"))
                .filter(manifest -> SAMPLES.stream().allMatch(file -> store.exists(key(file))))
                .map(manifest -> Json.read(manifest, PreparedDataset.class, key("manifest.json")));
    }

    PreparedDataset.Part write(String part, ImageSet images) {
        store.put(key(part + ".images"), images.images());
        store.put(key(part + ".labels"), images.labels());
        return new PreparedDataset.Part(images.count(), Sha256.of(images.images()), Sha256.of(images.labels()));
    }

    void finish(PreparedDataset manifest) {
        store.put(key("manifest.json"), Json.bytes(manifest));
    }

    private String key(String file) {
        return prefix + "/" + file;
    }
}
