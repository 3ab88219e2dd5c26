package normlab.learning.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** Mean and second moment of each channel over equally large batches, in double precision. */
final class ChannelStatistics {
    private final double[] sums;
    private final double[] squares;
    private long values;

    ChannelStatistics(int channels) {
        this.sums = new double[channels];
        this.squares = new double[channels];
    }

    /** @param batch (N, C, H, W) or (N, C) */
    void add(NDArray batch) {
        Shape shape = batch.getShape();
        int channels = sums.length;
        int inner = Math.toIntExact(shape.size() / shape.get(0) / channels);
        float[] found = batch.toFloatArray();
        for (int i = 0; i < found.length; i++) {
            int channel = i / inner % channels;
            sums[channel] += found[i];
            squares[channel] += (double) found[i] * found[i];
        }
        values += found.length / channels;
    }

    int channels() {
        return sums.length;
    }

    double mean(int channel) {
        return sums[channel] / values;
    }

    double secondMoment(int channel) {
        return squares[channel] / values;
    }

    /** The biased variance, at least as large as its rounding error. */
    double variance(int channel) {
        double secondMoment = secondMoment(channel);
        return Math.max(secondMoment - mean(channel) * mean(channel), 1e-12 * secondMoment + Double.MIN_NORMAL);
    }

    /** The mean over all channels. */
    double secondMoment() {
        double sum = 0;
        for (double square : squares) {
            sum += square / values;
        }
        return sum / squares.length;
    }

    double meanVariance() {
        double sum = 0;
        for (int c = 0; c < channels(); c++) {
            sum += variance(c);
        }
        return sum / channels();
    }

    /** Mean over channels of μ²/σ². */
    double meanToVariance() {
        double sum = 0;
        for (int c = 0; c < channels(); c++) {
            sum += mean(c) * mean(c) / variance(c);
        }
        return sum / channels();
    }
}
