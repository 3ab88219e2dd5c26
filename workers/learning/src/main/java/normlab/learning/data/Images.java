package normlab.learning.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import normlab.learning.HostMemory;
import normlab.learning.random.RandomStream;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.provenance.Sha256;
import normlab.trial.PreparedDataset;

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

    /** @throws StoreException if the bytes are not those that were prepared */
    public static Images load(
            NDManager manager, ArtifactStore store, PreparedDataset dataset, PreparedDataset.Part facts) {
        Shape shape = new Shape(facts.count(), dataset.height(), dataset.width(), dataset.channels());
        NDArray pixels = HostMemory.array(manager, shape, DataType.UINT8, memory -> {
            String key = facts.imagesKey();
            verify(key, store.require(key, size -> sized(key, memory, size)), facts.imagesSha256());
        });
        byte[] labels = store.require(facts.labelsKey());
        verify(facts.labelsKey(), ByteBuffer.wrap(labels), facts.labelsSha256());
        return new Images(pixels, labels(manager, classes(labels)), Standardisation.of(manager, dataset));
    }

    private static ByteBuffer sized(String key, ByteBuffer memory, int size) {
        if (memory.remaining() != size) {
            throw new StoreException(
                    "[%s] has %d bytes, the dataset's manifest says %d; prepare the dataset again"
                            .formatted(key, size, memory.remaining()),
                    false);
        }
        return memory;
    }

    private static long[] classes(byte[] labels) {
        long[] classes = new long[labels.length];
        for (int i = 0; i < labels.length; i++) {
            classes[i] = Byte.toUnsignedLong(labels[i]);
        }
        return classes;
    }

    /** @param pixels N·H·W·C bytes @param labels N */
    public static Images of(NDManager manager, PreparedDataset dataset, ByteBuffer pixels, long[] labels) {
        Shape shape = new Shape(labels.length, dataset.height(), dataset.width(), dataset.channels());
        return new Images(
                manager.create(pixels, shape, DataType.UINT8),
                labels(manager, labels),
                Standardisation.of(manager, dataset));
    }

    private static NDArray labels(NDManager manager, long[] labels) {
        return manager.create(labels, new Shape(labels.length, 1));
    }

    private static void verify(String key, ByteBuffer bytes, String sha256) {
        String found = Sha256.of(bytes);
        if (!found.equals(sha256)) {
            throw new StoreException(
                    "[%s] sha256 is %s, the dataset's manifest says %s".formatted(key, found, sha256), false);
        }
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
        return new Cuts(
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
        return new Cuts(scope, pass.firstBatch() * size, size, size() / size * size, (step, from) -> {
            NDIndex index = new NDIndex("{}", places.get(step, new NDIndex(from + ":" + (from + size))));
            NDArray chosen = pixels.get(step, index);
            NDArray seen = changes.map(c -> c.apply(chosen, from)).orElse(chosen);
            return new Batch(standardisation.apply(seen), labels.get(step, index));
        });
    }

    /** Batches cut from images that lie on the device. */
    private static final class Cuts implements Batches {
        private final NDManager scope;
        private final int batchSize;
        private final int end;
        private final Cut cut;
        private int from;

        /** Makes the batch that begins at an image. */
        interface Cut {
            Batch at(NDManager step, int from);
        }

        /**
         * @param scope closed with the batches
         * @param from first image
         * @param end after the last image
         */
        Cuts(NDManager scope, int from, int batchSize, int end, Cut cut) {
            this.scope = scope;
            this.from = from;
            this.batchSize = batchSize;
            this.end = end;
            this.cut = cut;
        }

        @Override
        public Optional<Batch> next(NDManager step) {
            if (from >= end) {
                return Optional.empty();
            }
            Batch batch = cut.at(step, from);
            from += batchSize;
            return Optional.of(batch);
        }

        @Override
        public void close() {
            scope.close();
        }
    }
}
