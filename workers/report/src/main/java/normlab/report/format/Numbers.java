package normlab.report.format;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import normlab.report.stats.Interval;
import normlab.report.stats.Sample;

/** Numbers as text, the same on every machine. Absent and non-finite values become {@link #ABSENT}. */
public final class Numbers {
    public static final String ABSENT = "n/a";
    private static final double SMALLEST_P = 0.001;
    /** Larger numbers are written as {@code 1.00e+30}, so that a loss that exploded does not break a table. */
    private static final double LONG = 1e7;

    private Numbers() {}

    public static String fixed(double value, int digits) {
        if (!Double.isFinite(value)) {
            return ABSENT;
        }
        String format = Math.abs(value) < LONG ? "%." + digits + "f" : "%.2e";
        String text = String.format(Locale.ROOT, format, Math.abs(value));
        return isNegative(value, text) ? "−" + text : text;
    }

    /** All digits of the number: {@code 0.5}, {@code 15}. */
    public static String plain(double value) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString().replace('-', '−')
                : ABSENT;
    }

    /** With + or −, except for values that round to zero. */
    public static String signed(double value, int digits) {
        String text = fixed(value, digits);
        boolean positive = value > 0 && text.chars().anyMatch(c -> c >= '1' && c <= '9');
        return positive ? "+" + text : text;
    }

    public static String interval(Interval interval, int digits) {
        return "[%s, %s]".formatted(signed(interval.low(), digits), signed(interval.high(), digits));
    }

    public static String p(OptionalDouble p) {
        if (p.isEmpty()) {
            return ABSENT;
        }
        return p.getAsDouble() < SMALLEST_P ? "< 0.001" : fixed(p.getAsDouble(), 3);
    }

    /** {@code 78.95 ± 0.32 (5)}; without ± for a single value. */
    public static String sample(Sample sample, int digits) {
        String mean = fixed(sample.mean(), digits);
        String spread = sample.sd().isPresent() ? " ± " + fixed(sample.sd().getAsDouble(), digits) : "";
        return "%s%s (%d)".formatted(mean, spread, sample.n());
    }

    /** {@code 14.2 s}, {@code 9 min 12 s} or {@code 3 h 05 min}. */
    public static String duration(double seconds) {
        if (!Double.isFinite(seconds)) {
            return ABSENT;
        }
        if (seconds < 60) {
            return fixed(seconds, 1) + " s";
        }
        Duration whole = Duration.ofSeconds(Math.round(seconds));
        return whole.toHours() > 0
                ? "%d h %02d min".formatted(whole.toHours(), whole.toMinutesPart())
                : "%d min %02d s".formatted(whole.toMinutes(), whole.toSecondsPart());
    }

    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** {@code 1 trial}, {@code 3 trials}. */
    public static String count(long value, String noun) {
        return count(value) + " " + noun + (value == 1 ? "" : "s");
    }

    private static boolean isNegative(double value, String rounded) {
        return value < 0 && rounded.chars().anyMatch(c -> c >= '1' && c <= '9');
    }
}
