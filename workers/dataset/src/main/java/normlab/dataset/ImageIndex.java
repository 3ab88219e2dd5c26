package normlab.dataset;

import java.util.Arrays;

/** Where each image of a set lies in a file, and its label. */
final class ImageIndex {
    private long[] offsets = new long[1024];
    private int[] lengths = new int[1024];
    private int[] labels = new int[1024];
    private int count;

    void add(long offset, int length, int label) {
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
            labels = Arrays.copyOf(labels, 2 * count);
        }
        offsets[count] = offset;
        lengths[count] = length;
        labels[count++] = label;
    }

    int count() {
        return count;
    }

    long offset(int image) {
        return offsets[image];
    }

    int length(int image) {
        return lengths[image];
    }

    int label(int image) {
        return labels[image];
    }

    int[] labels() {
        return Arrays.copyOf(labels, count);
    }
}
