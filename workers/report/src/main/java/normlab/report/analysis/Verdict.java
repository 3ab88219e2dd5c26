package normlab.report.analysis;

import java.util.OptionalDouble;
import normlab.report.stats.Interval;
import normlab.report.stats.PairedDifference;

/** What a paired difference says about the treatment, by fixed rules at 5 %. */
public enum Verdict {
    /** Better, and survives Holm's correction. */
    BETTER("better", "▲"),
    /** The uncorrected interval excludes zero on the better side, but the effect does not survive Holm's correction. */
    LEANS_BETTER("leans better", "△"),
    /** The interval includes zero, which does not prove equality. */
    NO_DIFFERENCE("no difference shown", "="),
    LEANS_WORSE("leans worse", "▽"),
    /** Worse, and survives Holm's correction. */
    WORSE("worse", "▼"),
    /** Too few pairs, no spread, or pairs lost to divergence. */
    NOT_JUDGED("not judged", "?");

    private static final double LEVEL = 0.05;

    private final String words;
    private final String sign;

    Verdict(String words, String sign) {
        this.words = words;
        this.sign = sign;
    }

    public String words() {
        return words;
    }

    /** One character, so that a verdict does not depend on colour. */
    public String sign() {
        return sign;
    }

    /** Whether the effect survives Holm's correction. */
    public boolean significant() {
        return this == BETTER || this == WORSE;
    }

    static Verdict of(PairedDifference difference, OptionalDouble holm, boolean higherIsBetter) {
        Interval interval = difference.interval().orElse(null);
        if (interval == null || holm.isEmpty()) {
            return NOT_JUDGED;
        }
        boolean better = difference.mean() > 0 == higherIsBetter;
        if (holm.getAsDouble() < LEVEL) {
            return better ? BETTER : WORSE;
        }
        if (interval.contains(0)) {
            return NO_DIFFERENCE;
        }
        return better ? LEANS_BETTER : LEANS_WORSE;
    }
}
