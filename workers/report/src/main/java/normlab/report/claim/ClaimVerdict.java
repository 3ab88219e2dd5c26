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
        long run = parts.stream().filter(p -> !p.is(Side.ABSENT)).count();
        if (run == 0) {
            return notTested(claim, "The campaign has no pairs for it.");
        }
        long supporting = parts.stream().filter(p -> p.is(Side.FOR)).count();
        long opposing = parts.stream().filter(p -> p.is(Side.AGAINST)).count();
        String counts = "%d for, %d against, %d open%s of %s."
                .formatted(
                        supporting,
                        opposing,
                        run - supporting - opposing,
                        run < parts.size() ? ", " + (parts.size() - run) + " not run" : "",
                        Numbers.count(parts.size(), "part"));
        return new ClaimVerdict(claim, standing(threshold, supporting, opposing, parts.size()), counts, parts);
    }

    private static Standing standing(Threshold threshold, long supporting, long opposing, int parts) {
        if (threshold.refuted(opposing, parts)) {
            return Standing.NOT_SUPPORTED;
        }
        return threshold.supported(supporting, parts) ? Standing.SUPPORTED : Standing.INCONCLUSIVE;
    }
}
