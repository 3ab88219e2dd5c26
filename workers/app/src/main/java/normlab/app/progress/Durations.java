package normlab.app.progress;

/** Quantities as a person reads them at a glance. */
public final class Durations {
    private Durations() {}

    /** {@code 42 s}, {@code 12 min}, {@code 3 h 05 min}, {@code 2 d 4 h}. */
    public static String seconds(double seconds) {
        long s = Math.round(seconds);
        if (s < 100) {
            return s + " s";
        }
        long minutes = Math.round(s / 60.0);
        if (minutes < 100) {
            return minutes + " min";
        }
        return minutes < 48 * 60
                ? "%d h %02d min".formatted(minutes / 60, minutes % 60)
                : "%d d %d h".formatted(minutes / 1440, minutes / 60 % 24);
    }
}
