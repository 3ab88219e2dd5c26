package normlab.learning.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import normlab.experiment.Augmentation;
import normlab.learning.random.RandomStream;

/**
 * Which part of each padded image an epoch sees, and which images it sees mirrored. The draws depend on the seed, the
 * epoch and the image's place in the dataset alone: not on the batch that it falls in, the arm or the device. Applying them
 * is one gather on the device.
 */
final class CropAndFlip {
    private final int padding;
    private final Shape image;
    /** Of each image in the order of the epoch, (N, 1, 1): its first pixel in the padded image, in row-major order. */
    private final NDArray firsts;
    /** (N, 1, 1): 1, or −1 where columns run from right to left. */
    private final NDArray directions;
    /** (1, H, 1): what lies between the first pixels of rows. */
    private final NDArray rows;
    /** (1, 1, W). */
    private final NDArray columns;
    /** (batch size, 1, 1): what lies between the first pixels of padded images. */
    private final NDArray images;

    /**
     * @param manager of the constants, all made here: one made for each step would wait for the step before
     * @param order places of the epoch's images in the dataset
     * @param image (H, W, C)
     */
    CropAndFlip(NDManager manager, Augmentation augmentation, Samples.Pass pass, long[] order, Shape image) {
        this.padding = augmentation.crop();
        this.image = image;
        int height = (int) image.get(0);
        int width = (int) image.get(1);
        int paddedWidth = width + 2 * padding;
        long[] firsts = new long[order.length];
        long[] directions = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            RandomStream random = RandomStream.of(pass.seed(), "augmentation", place(pass, order[i]));
            int top = random.nextInt(2 * padding + 1);
            int left = random.nextInt(2 * padding + 1);
            boolean mirrored = augmentation.flip() && random.nextInt(2) == 1;
            firsts[i] = (long) top * paddedWidth + left + (mirrored ? width - 1 : 0);
            directions[i] = mirrored ? -1 : 1;
        }
        this.firsts = manager.create(firsts, new Shape(order.length, 1, 1));
        this.directions = manager.create(directions, new Shape(order.length, 1, 1));
        this.rows = manager.create(multiples(height, paddedWidth), new Shape(1, height, 1));
        this.columns = manager.create(multiples(width, 1), new Shape(1, 1, width));
        long area = (long) paddedWidth * (height + 2 * padding);
        this.images = manager.create(multiples(pass.batchSize(), area), new Shape(pass.batchSize(), 1, 1));
    }

    private static long place(Samples.Pass pass, long image) {
        return ((long) pass.epoch() << Integer.SIZE) | image;
    }

    private static long[] multiples(int count, long of) {
        long[] multiples = new long[count];
        for (int i = 0; i < count; i++) {
            multiples[i] = i * of;
        }
        return multiples;
    }

    /**
     * @param pixels (batch size, H, W, C) uint8 of the epoch's images from {@code from} on
     * @return the same shape, as an array of the manager of {@code pixels}
     */
    NDArray apply(NDArray pixels, int from) {
        NDManager step = pixels.getManager();
        NDIndex range = new NDIndex(from + ":" + (from + images.getShape().get(0)));
        NDArray index = directions
                .get(step, range)
                .mul(columns)
                .add(firsts.get(step, range).add(images))
                .add(rows);
        return pixels.pad(new Shape(0, 0, padding, padding, padding, padding), 0)
                .reshape(-1, image.get(2))
                .get(new NDIndex("{}", index.flatten()))
                .reshape(pixels.getShape());
    }
}
