package normlab.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import normlab.dataset.shard.ShardFile;
import normlab.port.ArtifactStore;
import normlab.provenance.Sha256;
import normlab.task.TaskContext;
import normlab.task.TaskInProgress;
import normlab.trial.PreparedDataset;

/**
 * Writes images as they are encoded into shards, in a random order that is always the same: an archive is sorted by class,
 * and what is read together should be mixed. One shard at a time is in memory.
 */
final class ShardedPreparation {
    /** Large enough that the store's answer does not cost more than the bytes, small enough to hold several. */
    private static final long SHARD_BYTES = 16L << 20;

    private static final long SEED = 20_120_000L;

    private final ArtifactStore store;
    private final String name;
    private final TaskContext context;
    private final long shardBytes;

    ShardedPreparation(ArtifactStore store, String name, TaskContext context) {
        this(store, name, context, SHARD_BYTES);
    }

    ShardedPreparation(ArtifactStore store, String name, TaskContext context, long shardBytes) {
        this.store = store;
        this.name = name;
        this.context = context;
        this.shardBytes = shardBytes;
    }

    /**
     * @param chosen indices of the images
     * @param mixed whether their order is changed
     */
    PreparedDataset.Part write(String part, EncodedData.Images archive, int[] chosen, boolean mixed)
            throws IOException, TaskInProgress {
        if (mixed) {
            mix(chosen, part);
        }
        List<PreparedDataset.Shard> shards = new ArrayList<>();
        List<ShardFile.Sample> samples = new ArrayList<>();
        long bytes = 0;
        for (int image : chosen) {
            samples.add(new ShardFile.Sample(archive.index().label(image), archive.read(image)));
            bytes += archive.index().length(image);
            if (bytes >= shardBytes) {
                shards.add(write(part, shards.size(), samples));
                samples.clear();
                bytes = 0;
            }
        }
        if (!samples.isEmpty()) {
            shards.add(write(part, shards.size(), samples));
        }
        return PreparedDataset.Part.ofShards(shards);
    }

    private void mix(int[] chosen, String part) {
        SplittableRandom random = new SplittableRandom(SEED + part.hashCode());
        for (int i = chosen.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = chosen[i];
            chosen[i] = chosen[other];
            chosen[other] = kept;
        }
    }

    private PreparedDataset.Shard write(String part, int number, List<ShardFile.Sample> samples) throws TaskInProgress {
        context.stopIfAsked();
        byte[] bytes = new ShardFile(samples).encode();
        PreparedDataset.Shard shard = new PreparedDataset.Shard(samples.size(), bytes.length, Sha256.of(bytes));
        store.put(shard.key(), bytes);
        if (number % 64 == 0) {
            context.log("%s: %s shard %d written".formatted(name, part, number));
        }
        return shard;
    }
}
