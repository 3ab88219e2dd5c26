package normlab.dataset;

import java.util.List;
import java.util.Optional;
import normlab.json.Json;
import normlab.port.ArtifactStore;
import normlab.trial.PreparedDataset;
import normlab.trial.StoreLayout;

/** The prepared samples of one dataset and split in the store. The manifest is written last: it means all is there. */
final class PreparedStore {
    private static final List<String> PARTS = List.of("train", "validation", "test");

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
                .map(manifest -> Json.read(manifest, PreparedDataset.class, key("manifest.json")))
                .filter(dataset -> ImportedImages.areThere(
                        store, PARTS.stream().map(dataset::part).toList()));
    }

    /** @param images side by side in their order */
    PreparedDataset.Part write(ImageSet images) {
        return ImportedImages.put(store, images.pixels(), images.classes());
    }

    void finish(PreparedDataset manifest) {
        store.put(key("manifest.json"), Json.bytes(manifest));
    }

    private String key(String file) {
        return prefix + "/" + file;
    }
}
