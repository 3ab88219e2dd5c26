package normlab.learning.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import normlab.learning.random.RandomStream;
import normlab.port.StoreException;
import normlab.trial.PreparedDataset;
import normlab.trial.SampleStream;

/**
 * One part of a dataset that is too large for the device: its batches are filled from a stream, which decodes ahead of
 * need. Training images are cut out at random places and sizes and mirrored by the stream itself, so that no
 * recipe has another augmentation for them.
 */
final class StreamedImages implements Samples {
    private final SampleStream.Source source;
    private final PreparedDataset dataset;
    private final String part;
    private final Standardisation standardisation;

    StreamedImages(NDManager manager, SampleStream.Source source, PreparedDataset dataset, String part) {
        this.source = source;
        this.dataset = dataset;
        this.part = part;
        this.standardisation = Standardisation.of(manager, dataset);
    }

    @Override
    public int size() {
        return dataset.part(part).count();
    }

    @Override
    public Batches inOrder(NDManager manager, int batchSize) {
        SampleStream stream = source.open(dataset, part, Optional.empty(), 0);
        return new Streamed(stream, batchSize, size());
    }

    @Override
    public Batches shuffled(NDManager manager, Pass pass) {
        long seed = RandomStream.of(pass.seed(), "order", pass.epoch()).nextLong();
        int skipped = pass.firstBatch() * pass.batchSize();
        int left = size() / pass.batchSize() * pass.batchSize() - skipped;
        SampleStream stream = source.open(dataset, part, Optional.of(seed), skipped);
        return new Streamed(stream, pass.batchSize(), left);
    }

    @Override
    public Images drawn(NDManager manager, RandomStream random, int atMost) {
        int count = Math.min(atMost, size());
        byte[] pixels = new byte[Math.toIntExact((long) count * bytesPerImage())];
        int[] labels = new int[count];
        try (SampleStream stream = source.open(dataset, part, Optional.of(random.nextLong()), 0)) {
            requireAll(stream.next(pixels, labels), count);
        }
        return Images.of(
                manager,
                dataset,
                ByteBuffer.wrap(pixels),
                Arrays.stream(labels).asLongStream().toArray());
    }

    private int bytesPerImage() {
        return dataset.height() * dataset.width() * dataset.channels();
    }

    private void requireAll(int found, int expected) {
        if (found != expected) {
            throw new StoreException(
                    "[%s] ends before its manifest says: %d more images found, %d expected; prepare it again"
                            .formatted(dataset.name(), found, expected),
                    false);
        }
    }

    /** Batches filled from a stream, as long as so many images are left; the last may be smaller. */
    private final class Streamed implements Batches {
        private final SampleStream stream;
        private final byte[] pixels;
        private final int batchSize;
        private int left;

        Streamed(SampleStream stream, int batchSize, int left) {
            this.stream = stream;
            this.pixels = new byte[batchSize * bytesPerImage()];
            this.batchSize = batchSize;
            this.left = left;
        }

        @Override
        public Optional<Batch> next(NDManager step) {
            int count = Math.min(batchSize, left);
            if (count == 0) {
                return Optional.empty();
            }
            int[] classes = new int[count];
            requireAll(stream.next(pixels, classes), count);
            left -= count;
            ByteBuffer filled = ByteBuffer.wrap(pixels, 0, count * bytesPerImage());
            Shape shape = new Shape(count, dataset.height(), dataset.width(), dataset.channels());
            NDArray labels = step.create(Arrays.stream(classes).asLongStream().toArray(), new Shape(count, 1));
            return Optional.of(new Batch(standardisation.apply(step.create(filled, shape, DataType.UINT8)), labels));
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
