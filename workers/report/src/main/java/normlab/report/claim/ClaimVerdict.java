package normlab.report.claim;

import java.util.List;
import normlab.report.claim.Part.Side;
import normlab.report.format.Numbers;

/**
 * What a campaign says about a claim.
 *
 * @param reason in one sentence
 * @param parts the tests behind it; empty if it was not tested
 */
public record ClaimVerdict(Claim claim, Standing standing, String reason, List<Part> parts) {
    public ClaimVerdict {
        parts = List.copyOf(parts);
    }

    static ClaimVerdict notTested(Claim claim, String reason) {
        return new ClaimVerdict(claim, Standing.NOT_TESTED, reason, List.of());
    }

    /** By how many parts are for and against. */
    static ClaimVerdict of(Claim claim, Threshold threshold, List<Part> parts) {
        return of(claim, threshold, parts.stream().map(Part::side).toList(), parts);
    }

    /** @param sides what decides, where that is not each part by itself */
    static ClaimVerdict of(Claim claim, Threshold threshold, List<Side> sides, List<Part> parts) {
        long run = sides.stream().filter(s -> s != Side.ABSENT).count();
        if (run == 0) {
            return notTested(claim, "The campaign has no pairs for it.");
        }
        long supporting = sides.stream().filter(s -> s == Side.FOR).count();
        long opposing = sides.stream().filter(s -> s == Side.AGAINST).count();
        String counts = "%d for, %d against, %d open%s of %s."
                .formatted(
                        supporting,
                        opposing,
                        run - supporting - opposing,
                        run < sides.size() ? ", " + (sides.size() - run) + " not run" : "",
                        Numbers.count(sides.size(), "part"));
        return new ClaimVerdict(claim, standing(threshold, supporting, opposing, sides.size()), counts, parts);
    }

    ClaimVerdict because(String more) {
        return new ClaimVerdict(claim, standing, reason + " " + more, parts);
    }

    private static Standing standing(Threshold threshold, long supporting, long opposing, int parts) {
        if (threshold.refuted(opposing, parts)) {
            return Standing.NOT_SUPPORTED;
        }
        return threshold.supported(supporting, parts) ? Standing.SUPPORTED : Standing.INCONCLUSIVE;
    }
}
