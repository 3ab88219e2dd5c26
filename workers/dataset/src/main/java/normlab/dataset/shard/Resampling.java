package normlab.dataset.shard;

import java.util.Arrays;

/**
 * One axis of a bilinear resize with antialiasing, as Pillow, and so torchvision, computes it: an output pixel is the mean of
 * the input pixels under a triangle, which is wider where the image gets smaller. Weights and sums are integers, so that
 * every machine gets the same result.
 */
final class Resampling {
    private static final int CHANNELS = 3;

    /** Of a weight's fraction: a sum of 8-bit pixels then fits into an int. */
    private static final int PRECISION = Integer.SIZE - 8 - 2;

    private static final int HALF = 1 << (PRECISION - 1);

    private final int[] firsts;
    private final int[][] weights;

    /**
     * @param inputs pixels of the whole axis
     * @param outputs pixels that they are resized to
     * @param from first output pixel that is wanted
     * @param count output pixels that are wanted
     */
    Resampling(int inputs, int outputs, int from, int count) {
        double scale = (double) inputs / outputs;
        double width = Math.max(scale, 1);
        firsts = new int[count];
        weights = new int[count][];
        for (int i = 0; i < count; i++) {
            double centre = (from + i + 0.5) * scale;
            int begin = Math.max((int) (centre - width + 0.5), 0);
            int end = Math.min((int) (centre + width + 0.5), inputs);
            firsts[i] = begin;
            weights[i] = weights(begin, end, centre, width);
        }
    }

    private static int[] weights(int begin, int end, double centre, double width) {
        double[] exact = new double[end - begin];
        double sum = 0;
        for (int i = 0; i < exact.length; i++) {
            exact[i] = Math.max(0, 1 - Math.abs((begin + i - centre + 0.5) / width));
            sum += exact[i];
        }
        int[] rounded = new int[exact.length];
        for (int i = 0; i < exact.length; i++) {
            rounded[i] = (int) (0.5 + exact[i] / sum * (1 << PRECISION));
        }
        return rounded;
    }

    /** The first input pixel that is needed. */
    int begin() {
        return firsts[0];
    }

    /** The input pixel after the last that is needed. */
    int end() {
        return firsts[firsts.length - 1] + weights[weights.length - 1].length;
    }

    /** @param pixels of a row, RGB, from {@link #begin()} on @param to where the resized row goes in {@code output} */
    void row(byte[] pixels, byte[] output, int to) {
        int out = to;
        for (int i = 0; i < firsts.length; i++) {
            int at = (firsts[i] - begin()) * CHANNELS;
            int red = HALF;
            int green = HALF;
            int blue = HALF;
            for (int weight : weights[i]) {
                red += (pixels[at] & 0xFF) * weight;
                green += (pixels[at + 1] & 0xFF) * weight;
                blue += (pixels[at + 2] & 0xFF) * weight;
                at += CHANNELS;
            }
            output[out] = pixel(red);
            output[out + 1] = pixel(green);
            output[out + 2] = pixel(blue);
            out += CHANNELS;
        }
    }

    /** @param rows of {@code length} bytes each, from {@link #begin()} on @return the resized rows */
    byte[] columns(byte[] rows, int length) {
        byte[] output = new byte[firsts.length * length];
        int[] sums = new int[length];
        for (int i = 0; i < firsts.length; i++) {
            Arrays.fill(sums, HALF);
            int at = (firsts[i] - begin()) * length;
            for (int weight : weights[i]) {
                for (int x = 0; x < length; x++) {
                    sums[x] += (rows[at + x] & 0xFF) * weight;
                }
                at += length;
            }
            for (int x = 0; x < length; x++) {
                output[i * length + x] = pixel(sums[x]);
            }
        }
        return output;
    }

    /** No weight is negative, but together they may round to a little more than 1. */
    private static byte pixel(int sum) {
        return (byte) Math.min(sum >>> PRECISION, 255);
    }
}
