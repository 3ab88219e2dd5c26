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
        long[] sum = new long[channels];
        long[] squares = new long[channels];
        ByteBuffer left = images.duplicate();
        byte[] piece = new byte[PIECE_PIXELS * channels];
        while (left.hasRemaining()) {
            int length = Math.min(piece.length, left.remaining());
            left.get(piece, 0, length);
            for (int i = 0; i < length; i++) {
                int value = Byte.toUnsignedInt(piece[i]);
                sum[i % channels] += value;
                squares[i % channels] += (long) value * value;
            }
        }
        List<Double> mean = new ArrayList<>();
        List<Double> sd = new ArrayList<>();
        double pixels = images.remaining() / (double) channels;
        for (int channel = 0; channel < channels; channel++) {
            double average = sum[channel] / pixels;
            double variance = squares[channel] / pixels - average * average;
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
