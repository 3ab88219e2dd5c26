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

    private static final List<String> SIZES = List.of("smaller than matters", "worse", "level", "no gain that matters");

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
        List<Side> deciding = sides.stream()
                .filter(s -> s != Side.READOUT && s != Side.NOT_TESTABLE)
                .toList();
        long run = deciding.stream().filter(s -> s != Side.ABSENT).count();
        if (run == 0) {
            boolean testable = sides.stream().noneMatch(s -> s == Side.NOT_TESTABLE);
            return notTested(
                    claim,
                    testable
                            ? "The campaign has no pairs for this claim."
                            : "Not testable: a side of each comparison did not train.");
        }
        long supporting = deciding.stream().filter(s -> s == Side.FOR).count();
        long opposing = deciding.stream().filter(s -> s == Side.AGAINST).count();
        List<Part> shown = parts.stream().filter(p -> !p.is(Side.READOUT)).toList();
        boolean named = sides.size() == parts.size() && shown.size() <= FEW;
        String reason = named ? named(shown) : counts(sides);
        // A claim about all activations is not shown where one of them could not be tested.
        int asked = (int) sides.stream().filter(s -> s != Side.READOUT).count();
        boolean unattainable = deciding.stream().allMatch(s -> s == Side.NOT_ATTAINABLE || s == Side.ABSENT);
        return unattainable
                ? new ClaimVerdict(claim, Standing.NOT_TESTED, reason, parts)
                : new ClaimVerdict(claim, standing(threshold, supporting, opposing, asked), reason, parts);
    }

    /** {@code 3 for, 1 against, 2 open of 6 parts.} */
    private static String counts(List<Side> sides) {
        List<String> counts = new ArrayList<>();
        for (Side side : Side.values()) {
            long count = sides.stream().filter(s -> s == side).count();
            if (side != Side.READOUT && (count > 0 || side.ordinal() <= Side.OPEN.ordinal())) {
                counts.add(count + " " + side.words());
            }
        }
        long parts = sides.stream().filter(s -> s != Side.READOUT).count();
        return "%s of %s.".formatted(String.join(", ", counts), Numbers.count(parts, "part"));
    }

    /** {@code For: Sigmoid; open: Tanh and ReLU.} */
    private static String named(List<Part> parts) {
        List<String> groups = new ArrayList<>();
        for (Side side : Side.values()) {
            List<String> names = parts.stream()
                    .filter(p -> p.is(side))
                    .map(ClaimVerdict::named)
                    .toList();
            if (!names.isEmpty()) {
                groups.add("%s: %s".formatted(side.words(), Words.list(names)));
            }
        }
        String text = String.join("; ", groups);
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    /** {@code ReLU (level)} */
    private static String named(Part part) {
        String size = part.note().split(";")[0];
        return SIZES.contains(size) ? "%s (%s)".formatted(part.name(), size) : part.name();
    }

    /** The same for a part of a registered campaign, on which nothing is decided. */
    ClaimVerdict ofPiece() {
        return standing == Standing.NOT_TESTED
                ? this
                : new ClaimVerdict(
                        claim,
                        Standing.INCONCLUSIVE,
                        "The verdict comes from the whole of what was registered; this piece alone: %s. %s"
                                .formatted(standing.words(), reason),
                        parts);
    }

    private static Standing standing(Threshold threshold, long supporting, long opposing, int parts) {
        if (threshold.refuted(opposing, parts)) {
            return Standing.NOT_SUPPORTED;
        }
        return threshold.supported(supporting, parts) ? Standing.SUPPORTED : Standing.INCONCLUSIVE;
    }
}
