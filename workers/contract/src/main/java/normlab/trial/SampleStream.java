package normlab.trial;

import java.util.Optional;
import normlab.port.StoreException;

/** The images of one part of a dataset that is too large for memory, one after the other, made ready ahead of need. */
public interface SampleStream extends AutoCloseable {
    /**
     * Writes the next images, fewer than asked for only at the end of the part.
     *
     * @param pixels room for N·H·W·C unsigned bytes
     * @param labels room for N labels; its length is what is asked for
     * @return how many were written; 0 at the end
     * @throws StoreException if the store fails, or what it has is damaged
     */
    int next(byte[] pixels, int[] labels);

    @Override
    void close();

    /** Opens streams. */
    interface Source {
        /**
         * @param part {@code train}, {@code validation} or {@code test}
         * @param shuffle seed of the order and of the augmentation, the same for the same images; none: the order of the
         *     part, as evaluation wants it
         * @param skipped so many of the first images are left out, and neither decoded nor, if it can be helped, read
         */
        SampleStream open(PreparedDataset dataset, String part, Optional<Long> shuffle, int skipped);
    }
}
