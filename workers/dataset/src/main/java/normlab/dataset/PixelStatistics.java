package normlab.dataset;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import normlab.json.InvalidInputException;
import normlab.json.Problems;

/**
 * Mean and standard deviation (of the population) by channel, on the scale [0, 1], rounded to four decimals. Sums are
 * whole numbers, so the result does not depend on the order of summation.
 */
public record PixelStatistics(List<Double> mean, List<Double> sd) {
    private static final int DECIMALS = 4;
    private static final int PIECE_PIXELS = 1 << 14;

    public PixelStatistics {
        if (sd.stream().anyMatch(s -> s <= 0)) {
            throw new InvalidInputException(
                    "training images", "sd is %s, expected more than 0 in each channel".formatted(sd));
        }
        mean = List.copyOf(mean);
        sd = List.copyOf(sd);
    }

    void checkChannels(int channels, Problems problems) {
        problems.check(
                mean.size() == channels && sd.size() == channels,
                "statistics has %d means and %d deviations, expected %d of each: one a channel"
                        .formatted(mean.size(), sd.size(), channels));
    }

    /** @param images unsigned bytes, the channel running fastest; at least one pixel */
    static PixelStatistics of(ByteBuffer images, int channels) {
        long[] sums = new long[2 * channels];
        ByteBuffer left = images.duplicate();
        byte[] piece = new byte[PIECE_PIXELS * channels];
        while (left.hasRemaining()) {
            int length = Math.min(piece.length, left.remaining());
            left.get(piece, 0, length);
            add(piece, length, channels, sums, 0);
        }
        return of(sums, images.remaining() / channels);
    }

    /**
     * Adds up values and squares of some pixels.
     *
     * @param sums of the values by channel, then of the squares by channel, beginning at {@code from}
     */
    static void add(byte[] pixels, int length, int channels, long[] sums, int from) {
        for (int i = 0; i < length; i++) {
            int value = Byte.toUnsignedInt(pixels[i]);
            sums[from + i % channels] += value;
            sums[from + channels + i % channels] += (long) value * value;
        }
    }

    /** @param sums as {@link #add} makes them @param pixels how many have been added */
    static PixelStatistics of(long[] sums, long pixels) {
        int channels = sums.length / 2;
        List<Double> mean = new ArrayList<>();
        List<Double> sd = new ArrayList<>();
        for (int channel = 0; channel < channels; channel++) {
            double average = sums[channel] / (double) pixels;
            double variance = sums[channels + channel] / (double) pixels - average * average;
            mean.add(rounded(average / 255));
            sd.add(rounded(Math.sqrt(Math.max(variance, 0)) / 255));
        }
        return new PixelStatistics(mean, sd);
    }

    private static double rounded(double value) {
        return BigDecimal.valueOf(value)
                .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                .doubleValue();
    }
}
