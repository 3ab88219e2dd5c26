package normlab.learning.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import normlab.experiment.Augmentation;
import normlab.learning.random.RandomStream;

/** The images of one part of a dataset, in batches on the device, wherever they lie. */
public interface Samples {
    int size();

    /** All of them as they are, in the order of the part; the last batch may be smaller. */
    Batches inOrder(NDManager manager, int batchSize);

    /** One pass of training: shuffled and augmented; an incomplete last batch is left out. */
    Batches shuffled(NDManager manager, Pass pass);

    /** At most so many of them, to stay on the device. */
    Images drawn(NDManager manager, RandomStream random, int atMost);

    /**
     * A pass over the training images: equal passes give equal batches.
     *
     * @param seed of the trial
     * @param epoch from 1
     * @param firstBatch where the pass begins, from 0: those before it were taken by an earlier attempt
     */
    record Pass(long seed, int epoch, int batchSize, int firstBatch, Optional<Augmentation> augmentation) {}

    /** Images (N, C, H, W) as float, standardised, and labels (N, 1; int64). */
    record Batch(NDArray images, NDArray labels) {}

    /** Batches one after the other. */
    interface Batches extends AutoCloseable {
        /** The next batch, as arrays of {@code step}; empty after the last. */
        Optional<Batch> next(NDManager step);

        @Override
        void close();
    }
}
