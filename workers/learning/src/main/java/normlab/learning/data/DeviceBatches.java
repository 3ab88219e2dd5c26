package normlab.learning.data;

import ai.djl.ndarray.NDManager;
import java.util.Optional;

/** Batches cut from images that lie on the device. */
final class DeviceBatches implements Samples.Batches {
    private final NDManager scope;
    private final int batchSize;
    private final int end;
    private final Cut cut;
    private int from;

    /** Makes the batch that begins at an image. */
    interface Cut {
        Samples.Batch at(NDManager step, int from);
    }

    /**
     * @param scope closed with the batches
     * @param from first image
     * @param end after the last image
     */
    DeviceBatches(NDManager scope, int from, int batchSize, int end, Cut cut) {
        this.scope = scope;
        this.from = from;
        this.batchSize = batchSize;
        this.end = end;
        this.cut = cut;
    }

    @Override
    public Optional<Samples.Batch> next(NDManager step) {
        if (from >= end) {
            return Optional.empty();
        }
        Samples.Batch batch = cut.at(step, from);
        from += batchSize;
        return Optional.of(batch);
    }

    @Override
    public void close() {
        scope.close();
    }
}
