package normlab.report.claim;

import java.util.ArrayList;
import java.util.List;
import normlab.report.claim.Part.Side;
import normlab.report.format.Numbers;
import normlab.report.format.Words;

/**
 * What a campaign says about a claim.
 *
 * @param reason one sentence
 * @param parts the tests behind the verdict; empty if the claim was not tested
 */
public record ClaimVerdict(Claim claim, Standing standing, String reason, List<Part> parts) {
    /** Up to this many parts are named one by one. */
    private static final int FEW = 6;

    public ClaimVerdict {
        parts = List.copyOf(parts);
    }

    static ClaimVerdict notTested(Claim claim, String reason) {
        return new ClaimVerdict(claim, Standing.NOT_TESTED, reason, List.of());
    }

    /** The verdict by how many parts are for and against. */
    static ClaimVerdict of(Claim claim, Threshold threshold, List<Part> parts) {
        return of(claim, threshold, parts.stream().map(Part::side).toList(), parts);
    }

    /** @param sides the sides that decide, where these are not simply those of the parts */
    static ClaimVerdict of(Claim claim, Threshold threshold, List<Side> sides, List<Part> parts) {
        long run = sides.stream().filter(s -> s != Side.ABSENT).count();
        if (run == 0) {
            return notTested(claim, "The campaign has no pairs for this claim.");
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
        String reason = sides.size() == parts.size() && parts.size() <= FEW ? named(parts) : counts;
        return new ClaimVerdict(claim, standing(threshold, supporting, opposing, sides.size()), reason, parts);
    }

    /** {@code For: Sigmoid; open: Tanh and ReLU.} */
    private static String named(List<Part> parts) {
        List<String> groups = new ArrayList<>();
        for (Side side : Side.values()) {
            List<String> names =
                    parts.stream().filter(p -> p.is(side)).map(Part::name).toList();
            if (!names.isEmpty()) {
                groups.add("%s: %s".formatted(side.words(), Words.list(names)));
            }
        }
        String text = String.join("; ", groups);
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
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
