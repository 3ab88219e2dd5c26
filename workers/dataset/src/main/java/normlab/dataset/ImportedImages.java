package normlab.dataset;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import normlab.json.Json;
import normlab.port.ArtifactStore;
import normlab.provenance.Sha256;
import normlab.trial.PreparedDataset.Part;
import normlab.trial.StoreLayout;

/**
 * What an import has put into the store: the whole training and test set in canonical order, decoded or in shards of image
 * files.
 */
record ImportedImages(Part train, Part test) {
    /**
     * Reads what the manifest's content names.
     *
     * @throws UnusableDataException if the store does not have it
     */
    static DatasetContent open(ArtifactStore store, DatasetManifest manifest) throws UnusableDataException {
        String key = StoreLayout.importedImages(manifest.content().orElseThrow().sha256());
        ImportedImages images = store.get(key)
                .map(bytes -> Json.read(bytes, ImportedImages.class, key))
                .orElseThrow(() -> UnusableDataException.absent(
                        "the store does not have it; import it again: ./normlab data import FOLDER --name %s"
                                .formatted(manifest.name())));
        return manifest.format().isStreamed()
                ? ImportedFiles.of(store, images)
                : new OfficialData(
                        decoded(store, images.train(), manifest.bytesPerImage()),
                        decoded(store, images.test(), manifest.bytesPerImage()),
                        "");
    }

    private static ImageSet decoded(ArtifactStore store, Part part, int bytesPerImage) {
        return new ImageSet(
                bytesPerImage,
                store.require(part.imagesKey(), ByteBuffer::allocateDirect),
                store.require(part.labelsKey()));
    }

    /** Whether the store has the whole import of this content. */
    static boolean exist(ArtifactStore store, String fingerprint) {
        String key = StoreLayout.importedImages(fingerprint);
        return store.get(key)
                .map(bytes -> Json.read(bytes, ImportedImages.class, key))
                .filter(images -> areThere(store, List.of(images.train(), images.test())))
                .isPresent();
    }

    /** Whether the store has all samples of these parts. */
    static boolean areThere(ArtifactStore store, List<Part> parts) {
        // One answer for all: a part has thousands of shards.
        Set<String> there = Set.copyOf(store.list(StoreLayout.samples("")));
        return parts.stream().flatMap(part -> part.keys().stream()).allMatch(there::contains);
    }

    void write(ArtifactStore store, String fingerprint) {
        store.put(StoreLayout.importedImages(fingerprint), Json.bytes(this));
    }

    /** Puts decoded images and their labels into the store, each under its hash. */
    static Part put(ArtifactStore store, ByteBuffer images, byte[] labels) {
        Part part = new Part(labels.length, Sha256.of(images), Sha256.of(labels));
        store.put(part.imagesKey(), images);
        store.put(part.labelsKey(), labels);
        return part;
    }
}
