package normlab.report.claim;

import static normlab.json.Checks.check;

/**
 * How many of a claim's parts decide it.
 *
 * @param supportedShare in (0, 1]: supported if at least this share of the parts is for the claim
 * @param refutedShare in [0, 1]: not supported if at least this share of the parts, and at least one, is against it
 */
public record Threshold(double supportedShare, double refutedShare) {
    private static final double ROUNDING = 1e-9;

    public Threshold {
        check(
                supportedShare > 0 && supportedShare <= 1,
                "supportedShare is %s, expected above 0 and at most 1",
                supportedShare);
        check(refutedShare >= 0 && refutedShare <= 1, "refutedShare is %s, expected in [0, 1]", refutedShare);
    }

    boolean supported(long count, int parts) {
        return count >= supportedShare * parts - ROUNDING;
    }

    boolean refuted(long count, int parts) {
        return count > 0 && count >= refutedShare * parts - ROUNDING;
    }
}
