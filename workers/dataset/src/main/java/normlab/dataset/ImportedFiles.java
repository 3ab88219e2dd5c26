package normlab.dataset;

import java.util.List;
import normlab.dataset.shard.ShardFile;
import normlab.port.ArtifactStore;
import normlab.trial.PreparedDataset.Part;
import normlab.trial.PreparedDataset.Shard;

/** Image files that were imported, in the shards of the store. */
record ImportedFiles(EncodedData.Images train, EncodedData.Images test) implements DatasetContent, EncodedData {
    static ImportedFiles of(ArtifactStore store, ImportedImages images) {
        return new ImportedFiles(new Shards(store, images.train()), new Shards(store, images.test()));
    }

    /** The canonical order mixes the classes. */
    @Override
    public boolean isSortedByClass() {
        return false;
    }

    @Override
    public void close() {
        // The store outlives it.
    }

    /** Keeps the shard that was read last: images are wanted in their order. */
    private static final class Shards implements EncodedData.Images {
        private final ArtifactStore store;
        private final List<Shard> shards;
        private final ImageIndex index = new ImageIndex();
        private int open = -1;
        private List<ShardFile.Sample> samples = List.of();

        Shards(ArtifactStore store, Part part) {
            this.store = store;
            this.shards = part.shards().orElseThrow();
            for (int shard = 0; shard < shards.size(); shard++) {
                load(shard);
                for (int i = 0; i < samples.size(); i++) {
                    ShardFile.Sample sample = samples.get(i);
                    index.add(((long) shard << 32) + i, sample.image().length, sample.label());
                }
            }
        }

        private void load(int shard) {
            if (open != shard) {
                String key = shards.get(shard).key();
                samples = ShardFile.decode(store.require(key), key).samples();
                open = shard;
            }
        }

        @Override
        public ImageIndex index() {
            return index;
        }

        @Override
        public byte[] read(int image) {
            load((int) (index.offset(image) >> 32));
            return samples.get((int) index.offset(image)).image();
        }
    }
}
