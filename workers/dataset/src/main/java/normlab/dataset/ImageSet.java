package normlab.dataset;

import static normlab.json.Checks.check;

import java.nio.ByteBuffer;

/**
 * Images and their labels, in order.
 *
 * @param bytesPerImage height · width · channels
 * @param images unsigned bytes, N·H·W·C, in a direct buffer: whole datasets do not fit a worker's heap
 * @param labels unsigned bytes, N
 */
record ImageSet(int bytesPerImage, ByteBuffer images, byte[] labels) {
    ImageSet {
        check(
                images.remaining() == (long) labels.length * bytesPerImage,
                "%s bytes of images for %s labels, expected %s bytes each",
                images.remaining(),
                labels.length,
                bytesPerImage);
    }

    /** Black images of class 0, to be filled. */
    static ImageSet blank(int count, int bytesPerImage) {
        return new ImageSet(
                bytesPerImage, ByteBuffer.allocateDirect(Math.multiplyExact(count, bytesPerImage)), new byte[count]);
    }

    int count() {
        return labels.length;
    }

    /** The images at these indices, in the order of the indices. */
    ImageSet select(int[] indices) {
        ImageSet chosen = blank(indices.length, bytesPerImage);
        for (int i = 0; i < indices.length; i++) {
            chosen.images.put(i * bytesPerImage, images, indices[i] * bytesPerImage, bytesPerImage);
            chosen.labels[i] = labels[indices[i]];
        }
        return chosen;
    }
}
