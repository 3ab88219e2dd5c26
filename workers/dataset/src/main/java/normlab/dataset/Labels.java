package normlab.dataset;

import static normlab.dataset.UnusableDataException.damaged;

import java.nio.ByteBuffer;

/** Class numbers as unsigned bytes, one for each image. */
final class Labels {
    private Labels() {}

    static byte[] of(ByteBuffer values) {
        byte[] labels = new byte[values.remaining()];
        values.duplicate().get(labels);
        return labels;
    }

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
