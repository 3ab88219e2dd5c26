package normlab.learning.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import normlab.learning.random.RandomStream;
import normlab.port.ArtifactStore;
import normlab.provenance.Sha256;
import normlab.trial.PreparedDataset;
import normlab.trial.StoreLayout;

/**
 * One part of a dataset on the device: images as uint8 (N, H, W, C), labels as int64 (N, 1). Standardisation happens
 * batch by batch.
 */
public final class Images implements Samples {
    private final NDArray pixels;
    private final NDArray labels;
    private final Standardisation standardisation;

    private Images(NDArray pixels, NDArray labels, Standardisation standardisation) {
        this.pixels = pixels;
        this.labels = labels;
        this.standardisation = standardisation;
    }

    /**
     * @param part {@code train}, {@code validation} or {@code test}
     * @throws normlab.port.StoreException if the bytes are not those that were prepared
     */
    public static Images load(
            NDManager manager, ArtifactStore store, PreparedDataset dataset, String part, PreparedDataset.Part facts) {
        String prefix = StoreLayout.dataset(dataset.name(), dataset.fingerprint()) + "/" + part;
        ByteBuffer pixels = verified(store, prefix + ".images", facts.imagesSha256());
        ByteBuffer labels = verified(store, prefix + ".labels", facts.labelsSha256());
        long[] classes = new long[labels.remaining()];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = Byte.toUnsignedLong(labels.get(i));
        }
        return of(manager, dataset, pixels, classes);
    }

    /** @param pixels N·H·W·C bytes @param labels N bytes */
    public static Images of(NDManager manager, PreparedDataset dataset, byte[] pixels, byte[] labels) {
        long[] classes = new long[labels.length];
        for (int i = 0; i < labels.length; i++) {
            classes[i] = labels[i] & 0xFF;
        }
        return of(manager, dataset, ByteBuffer.wrap(pixels), classes);
    }

    /** On the CPU the array is the memory of a direct buffer itself, so that the images exist once. */
    static Images of(NDManager manager, PreparedDataset dataset, ByteBuffer pixels, long[] labels) {
        Shape shape = new Shape(labels.length, dataset.height(), dataset.width(), dataset.channels());
        return new Images(
                manager.create(pixels, shape, DataType.UINT8),
                manager.create(labels, new Shape(labels.length, 1)),
                Standardisation.of(manager, dataset));
    }

    private static ByteBuffer verified(ArtifactStore store, String key, String sha256) {
        ByteBuffer bytes = store.requireDirect(key);
        String found = Sha256.of(bytes);
        if (!found.equals(sha256)) {
            throw new normlab.port.StoreException(
                    "[%s] sha256 is %s, the dataset's manifest says %s".formatted(key, found, sha256), false);
        }
        return bytes;
    }

    @Override
    public int size() {
        return Math.toIntExact(pixels.getShape().get(0));
    }

    @Override
    public Images drawn(NDManager manager, RandomStream random, int atMost) {
        long[] order = Arrays.copyOf(random.permutation(size()), Math.min(atMost, size()));
        try (NDArray indices = manager.create(order)) {
            NDIndex index = new NDIndex("{}", indices);
            return new Images(pixels.get(manager, index), labels.get(manager, index), standardisation);
        }
    }

    /** Images {@code from} … {@code to} − 1; the arrays belong to {@code step}. */
    public Batch batch(NDManager step, int from, int to) {
        NDIndex range = new NDIndex(from + ":" + to);
        return new Batch(standardisation.apply(pixels.get(step, range)), labels.get(step, range));
    }

    @Override
    public Batches inOrder(NDManager manager, int batchSize) {
        return new DeviceBatches(
                manager.newSubManager(),
                0,
                batchSize,
                size(),
                (step, from) -> batch(step, from, Math.min(from + batchSize, size())));
    }

    @Override
    public Batches shuffled(NDManager manager, Pass pass) {
        NDManager scope = manager.newSubManager();
        long[] order = RandomStream.of(pass.seed(), "order", pass.epoch()).permutation(size());
        NDArray places = scope.create(order);
        Shape image = pixels.getShape().slice(1);
        Optional<CropAndFlip> changes = pass.augmentation().map(a -> new CropAndFlip(scope, a, pass, order, image));
        int size = pass.batchSize();
        return new DeviceBatches(scope, pass.firstBatch() * size, size, size() / size * size, (step, from) -> {
            NDIndex index = new NDIndex("{}", places.get(step, new NDIndex(from + ":" + (from + size))));
            NDArray chosen = pixels.get(step, index);
            NDArray seen = changes.map(c -> c.apply(chosen, from)).orElse(chosen);
            return new Batch(standardisation.apply(seen), labels.get(step, index));
        });
    }
}
