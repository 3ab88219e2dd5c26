package normlab.learning.data;

import ai.djl.ndarray.NDManager;
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
        return new StreamBatches(stream, dataset, standardisation, batchSize, size());
    }

    @Override
    public Batches shuffled(NDManager manager, Pass pass) {
        long seed = RandomStream.of(pass.seed(), "order", pass.epoch()).nextLong();
        int skipped = pass.firstBatch() * pass.batchSize();
        int left = size() / pass.batchSize() * pass.batchSize() - skipped;
        SampleStream stream = source.open(dataset, part, Optional.of(seed), skipped);
        return new StreamBatches(stream, dataset, standardisation, pass.batchSize(), left);
    }

    @Override
    public Images drawn(NDManager manager, RandomStream random, int atMost) {
        int count = Math.min(atMost, size());
        byte[] pixels = new byte[Math.toIntExact((long) count * bytesPerImage(dataset))];
        int[] labels = new int[count];
        try (SampleStream stream = source.open(dataset, part, Optional.of(random.nextLong()), 0)) {
            requireAll(dataset, stream.next(pixels, labels), count);
        }
        return Images.of(
                manager,
                dataset,
                ByteBuffer.wrap(pixels),
                Arrays.stream(labels).asLongStream().toArray());
    }

    static int bytesPerImage(PreparedDataset dataset) {
        return dataset.height() * dataset.width() * dataset.channels();
    }

    static void requireAll(PreparedDataset dataset, int found, int expected) {
        if (found != expected) {
            throw new StoreException(
                    "[%s] ends before its manifest says: %d more images found, %d expected; prepare it again"
                            .formatted(dataset.name(), found, expected),
                    false);
        }
    }
}
