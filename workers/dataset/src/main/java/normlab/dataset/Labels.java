package normlab.dataset;

import static normlab.dataset.UnusableDataException.damaged;

/** Class numbers as unsigned bytes, one an image. */
final class Labels {
    private Labels() {}

    /** @throws UnusableDataException naming the first label that no class has, and its place */
    static void check(byte[] labels, int classes) throws UnusableDataException {
        for (int i = 0; i < labels.length; i++) {
            int label = Byte.toUnsignedInt(labels[i]);
            if (label >= classes) {
                throw damaged("label %d is %d, expected 0 to %d", i, label, classes - 1);
            }
        }
    }
}
