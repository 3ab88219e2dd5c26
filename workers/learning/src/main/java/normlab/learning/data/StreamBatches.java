package normlab.learning.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import normlab.trial.PreparedDataset;
import normlab.trial.SampleStream;

/** Batches filled from a stream, as long as so many images are left; the last may be smaller. */
final class StreamBatches implements Samples.Batches {
    private final SampleStream stream;
    private final PreparedDataset dataset;
    private final Standardisation standardisation;
    private final byte[] pixels;
    private final int batchSize;
    private int left;

    StreamBatches(
            SampleStream stream, PreparedDataset dataset, Standardisation standardisation, int batchSize, int left) {
        this.stream = stream;
        this.dataset = dataset;
        this.standardisation = standardisation;
        this.pixels = new byte[batchSize * StreamedImages.bytesPerImage(dataset)];
        this.batchSize = batchSize;
        this.left = left;
    }

    @Override
    public Optional<Samples.Batch> next(NDManager step) {
        int count = Math.min(batchSize, left);
        if (count == 0) {
            return Optional.empty();
        }
        int[] classes = new int[count];
        StreamedImages.requireAll(dataset, stream.next(pixels, classes), count);
        left -= count;
        ByteBuffer filled = ByteBuffer.wrap(pixels, 0, count * StreamedImages.bytesPerImage(dataset));
        Shape shape = new Shape(count, dataset.height(), dataset.width(), dataset.channels());
        NDArray labels = step.create(Arrays.stream(classes).asLongStream().toArray(), new Shape(count, 1));
        return Optional.of(
                new Samples.Batch(standardisation.apply(step.create(filled, shape, DataType.UINT8)), labels));
    }

    @Override
    public void close() {
        stream.close();
    }
}
