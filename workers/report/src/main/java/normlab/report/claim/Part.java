package normlab.report.claim;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import normlab.report.stats.Interval;

/**
 * One test of a claim.
 *
 * @param name for example {@code Sigmoid}, preceded by the network if a campaign has several
 * @param unit the unit of {@code effect} and {@code interval}
 * @param effect the effect that was found; absent without data
 * @param interval its uncorrected 95 % interval (90 % for an equivalence)
 * @param claimed the value that the effect is compared with
 * @param pairs the number of pairs that the effect comes from
 * @param p the two-sided p of the test against the claimed value (for an equivalence, the larger of two one-sided ps)
 * @param holm {@code p} after Holm's correction over the parts of the claim
 * @param pairsNeeded for an open part, the pairs that would show a difference of the size found, with a power of 80 %
 *     at 5 % divided by the number of parts; absent if more than {@link normlab.report.stats.Power#MOST_PAIRS} would be
 *     needed
 * @param note additional information; may be empty
 * @param trialKeys keys of the trials that it is based on
 */
public record Part(
        String name,
        String unit,
        OptionalDouble effect,
        Optional<Interval> interval,
        double claimed,
        int pairs,
        OptionalDouble p,
        OptionalDouble holm,
        Side side,
        OptionalInt pairsNeeded,
        String note,
        List<String> trialKeys) {
    public Part {
        trialKeys = List.copyOf(trialKeys);
    }

    /** Whether a part is for or against its claim. */
    public enum Side {
        @JsonProperty("for")
        FOR("for"),
        @JsonProperty("against")
        AGAINST("against"),
        /** Neither side is shown. */
        @JsonProperty("open")
        OPEN("open"),
        /** The campaign has no pair for it. */
        @JsonProperty("absent")
        ABSENT("not run");

        private final String words;

        Side(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** The same test of the opposite claim. */
    Part turned() {
        Side turned = switch (side) {
            case FOR -> Side.AGAINST;
            case AGAINST -> Side.FOR;
            case OPEN, ABSENT -> side;
        };
        return new Part(name, unit, effect, interval, claimed, pairs, p, holm, turned, pairsNeeded, note, trialKeys);
    }

    boolean is(Side wanted) {
        return side == wanted;
    }
}
