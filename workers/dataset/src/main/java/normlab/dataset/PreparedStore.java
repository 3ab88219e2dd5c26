package normlab.dataset;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import normlab.json.Json;
import normlab.port.ArtifactStore;
import normlab.provenance.Sha256;
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
                .filter(dataset -> PARTS.stream().allMatch(part -> isThere(part, dataset.part(part))));
    }

    private boolean isThere(String name, PreparedDataset.Part part) {
        // One answer for all: a part has thousands of shards.
        List<String> keys = store.list(key(name));
        return part.shards()
                .map(shards -> IntStream.range(0, shards.size()).mapToObj(n -> key("%s-%05d.shard".formatted(name, n))))
                .orElseGet(() -> Stream.of(key(name + ".images"), key(name + ".labels")))
                .allMatch(keys::contains);
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
