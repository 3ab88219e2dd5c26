package normlab.report.claim;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import normlab.report.format.Numbers;
import normlab.report.stats.Interval;
import normlab.report.stats.Power;

/**
 * One test of a claim.
 *
 * @param name for example {@code Sigmoid}, preceded by the network if a campaign has several
 * @param unit the unit of {@code effect}, {@code interval}, {@code claimed} and {@code matters}
 * @param effect the effect that was found; absent without data
 * @param interval its uncorrected 95 % interval
 * @param corrected its interval at 5 % divided by the number of parts; its bounds decide what speaks against a claim
 * @param larger whether the effect is claimed to be above {@code claimed}; otherwise below
 * @param claimed the figure that the effect is compared with
 * @param matters the smallest effect of interest
 * @param pairs the number of pairs that the effect comes from; of cells for a correlation
 * @param sd standard deviation of the pairs
 * @param pooledSd that of all parts with this unit: a small {@code sd} of few pairs beside a large one may be luck
 * @param family the number of parts that Holm's correction covers
 * @param p two-sided p of the test against the claimed figure
 * @param holm {@code p} after Holm's correction
 * @param note additional information; may be empty
 * @param trialKeys keys of the trials that it is based on
 */
public record Part(
        String name,
        String unit,
        OptionalDouble effect,
        Optional<Interval> interval,
        Optional<Interval> corrected,
        boolean larger,
        double claimed,
        double matters,
        int pairs,
        OptionalDouble sd,
        OptionalDouble pooledSd,
        int family,
        OptionalDouble p,
        OptionalDouble holm,
        Side side,
        String note,
        List<String> trialKeys) {
    /** No part is for or against anything with fewer pairs. */
    public static final int FEWEST_PAIRS = 5;

    /** The level of all tests of a claim together. */
    static final double LEVEL = 0.05;

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
        /** No arm under any activation reaches the claimed figure. */
        @JsonProperty("not-attainable")
        NOT_ATTAINABLE("not attainable"),
        /** The baseline did not train, so that a ratio to it says nothing. */
        @JsonProperty("not-testable")
        NOT_TESTABLE("not testable"),
        /** The campaign has no pair for it. */
        @JsonProperty("absent")
        ABSENT("not run"),
        /** Shown for the reader; decides nothing. */
        @JsonProperty("readout")
        READOUT("readout");

        private final String words;

        Side(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * The pairs that would detect the smallest effect of interest with a power of 80 % at 5 % divided by the number of
     * parts, given the larger of both standard deviations. The effect that was found plays no role. Absent without a
     * spread, or above {@link Power#MOST_PAIRS}.
     */
    @JsonProperty("pairsNeeded")
    public OptionalInt pairsNeeded() {
        double spread = Math.max(sd.orElse(0), pooledSd.orElse(0));
        if (spread == 0 || matters <= 0) {
            return OptionalInt.empty();
        }
        OptionalInt needed = Power.pairs(matters / spread, Power.USUAL, LEVEL / Math.max(1, family));
        return needed.isPresent() ? OptionalInt.of(Math.max(FEWEST_PAIRS, needed.getAsInt())) : needed;
    }

    /** {@code above 15} or {@code below 0}. */
    public String claimedWords() {
        return (larger ? "above " : "below ") + Numbers.plain(claimed);
    }

    /** Whether the part has a p value, and so is one of the tests that were made. */
    public boolean tested() {
        return p.isPresent() && side != Side.READOUT;
    }

    /** The same numbers without a test. */
    Part descriptive(Side other, String why) {
        return new Part(
                name,
                unit,
                effect,
                interval,
                corrected,
                larger,
                claimed,
                matters,
                pairs,
                sd,
                pooledSd,
                family,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                other,
                why,
                trialKeys);
    }

    boolean is(Side wanted) {
        return side == wanted;
    }
}
