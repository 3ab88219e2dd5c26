package normlab.dataset;

import static normlab.json.Checks.check;

/**
 * Images and their labels, in order.
 *
 * @param bytesPerImage height · width · channels
 * @param images unsigned bytes, N·H·W·C
 * @param labels unsigned bytes, N
 */
record ImageSet(int bytesPerImage, byte[] images, byte[] labels) {
    ImageSet {
        check(
                images.length == (long) labels.length * bytesPerImage,
                "%s bytes of images for %s labels, expected %s bytes each",
                images.length,
                labels.length,
                bytesPerImage);
    }

    int count() {
        return labels.length;
    }

    /** The images at these indices, in the order of the indices. */
    ImageSet select(int[] indices) {
        byte[] chosenImages = new byte[Math.multiplyExact(indices.length, bytesPerImage)];
        byte[] chosenLabels = new byte[indices.length];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(images, indices[i] * bytesPerImage, chosenImages, i * bytesPerImage, bytesPerImage);
            chosenLabels[i] = labels[indices[i]];
        }
        return new ImageSet(bytesPerImage, chosenImages, chosenLabels);
    }
}
