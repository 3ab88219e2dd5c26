package normlab.trial;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import normlab.json.Json;
import normlab.port.ArtifactStore;
import normlab.provenance.Sha256;
import normlab.provenance.TrialIdentity;

/**
 * A dataset that is prepared for training, as {@code datasets/<name>/<fingerprint>/manifest.json} states it. Its samples are
 * in the store under their own SHA-256: for each part, images (uint8, N·H·W·C bytes) and labels (uint8, N bytes); or shards.
 *
 * @param mean of the official training set by channel, on the scale [0, 1]
 * @param sd standard deviation by channel, on the scale [0, 1]
 */
public record PreparedDataset(
        String name,
        String fingerprint,
        int height,
        int width,
        int channels,
        List<String> classes,
        List<Double> mean,
        List<Double> sd,
        Part train,
        Part validation,
        Part test,
        String licence) {
    public PreparedDataset {
        classes = List.copyOf(classes);
        mean = List.copyOf(mean);
        sd = List.copyOf(sd);
    }

    /** Key of its manifest in the store. */
    public static String key(String name, String fingerprint) {
        return StoreLayout.dataset(name, fingerprint) + "/manifest.json";
    }

    /** The dataset that a trial is trained on; empty before a campaign has prepared it. */
    public static Optional<PreparedDataset> of(ArtifactStore store, TrialIdentity trial) {
        String key = key(trial.spec().dataset().name(), trial.datasetFingerprint());
        return store.get(key).map(bytes -> Json.read(bytes, PreparedDataset.class, key));
    }

    /** @param name {@code train}, {@code validation} or {@code test} */
    public Part part(String name) {
        return switch (name) {
            case "train" -> train;
            case "validation" -> validation;
            case "test" -> test;
            default -> throw new IllegalArgumentException("[%s] has no part '%s'".formatted(this.name, name));
        };
    }

    /**
     * A part's size and the SHA-256 of its two files; where it is stored in shards, those of the shards' hashes.
     *
     * @param shards of encoded images, where the part is too large to lie in memory decoded
     */
    public record Part(int count, String imagesSha256, String labelsSha256, Optional<List<Shard>> shards) {
        public Part {
            shards = shards.map(List::copyOf);
        }

        /** In the store; of a part without shards. */
        public String imagesKey() {
            return StoreLayout.samples(imagesSha256);
        }

        /** In the store; of a part without shards. */
        public String labelsKey() {
            return StoreLayout.samples(labelsSha256);
        }

        /** All its objects in the store. */
        public List<String> keys() {
            return shards.map(all -> all.stream().map(Shard::key).toList())
                    .orElseGet(() -> List.of(imagesKey(), labelsKey()));
        }

        public Part(int count, String imagesSha256, String labelsSha256) {
            this(count, imagesSha256, labelsSha256, Optional.empty());
        }

        public static Part ofShards(List<Shard> shards) {
            String hash = Sha256.of(shards.stream()
                    .map(Shard::sha256)
                    .collect(Collectors.joining("\n"))
                    .getBytes(StandardCharsets.US_ASCII));
            return new Part(shards.stream().mapToInt(Shard::count).sum(), hash, hash, Optional.of(shards));
        }
    }

    /** @param count images in it, with their labels */
    public record Shard(int count, long bytes, String sha256) {
        /** In the store. */
        public String key() {
            return StoreLayout.samples(sha256);
        }
    }
}
