package normlab.dataset;

import static normlab.json.Checks.check;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/**
 * Images and their labels, in an order of their own.
 *
 * @param bytesPerImage height · width · channels
 * @param pixels unsigned bytes, N·H·W·C, in a direct buffer: whole datasets do not fit a worker's heap
 * @param classes unsigned bytes, N: the label of each image in {@code pixels}
 * @param places where each image of the set is in {@code pixels}, N
 */
record ImageSet(int bytesPerImage, ByteBuffer pixels, byte[] classes, int[] places) {
    ImageSet {
        check(
                pixels.remaining() == (long) classes.length * bytesPerImage && places.length == classes.length,
                "%s bytes of images for %s labels in %s places, expected %s bytes each",
                pixels.remaining(),
                classes.length,
                places.length,
                bytesPerImage);
    }

    /** In the order of the pixels. */
    ImageSet(int bytesPerImage, ByteBuffer pixels, byte[] classes) {
        this(bytesPerImage, pixels, classes, IntStream.range(0, classes.length).toArray());
    }

    /** Black images of class 0, to be filled. */
    static ImageSet blank(int count, int bytesPerImage) {
        return new ImageSet(
                bytesPerImage, ByteBuffer.allocateDirect(Math.multiplyExact(count, bytesPerImage)), new byte[count]);
    }

    int count() {
        return places.length;
    }

    int label(int image) {
        return Byte.toUnsignedInt(classes[places[image]]);
    }

    int[] labels() {
        return IntStream.range(0, count()).map(this::label).toArray();
    }

    void read(int image, byte[] into) {
        pixels.get(places[image] * bytesPerImage, into);
    }

    /** The same images in another order, sharing the pixels. */
    ImageSet inOrder(int[] order) {
        return new ImageSet(
                bytesPerImage,
                pixels,
                classes,
                IntStream.of(order).map(i -> places[i]).toArray());
    }

    /** The images at these indices, in the order of the indices, side by side. */
    ImageSet select(int[] indices) {
        ImageSet chosen = blank(indices.length, bytesPerImage);
        for (int i = 0; i < indices.length; i++) {
            chosen.pixels.put(i * bytesPerImage, pixels, places[indices[i]] * bytesPerImage, bytesPerImage);
            chosen.classes[i] = classes[places[indices[i]]];
        }
        return chosen;
    }

    /** All images side by side: this set, where they are already, or else a copy. */
    ImageSet packed() {
        boolean packed = IntStream.range(0, count()).allMatch(i -> places[i] == i);
        return packed ? this : select(IntStream.range(0, count()).toArray());
    }
}
