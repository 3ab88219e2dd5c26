package normlab.report.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.ReadingRow;
import normlab.report.claim.Findings;
import normlab.report.format.Numbers;
import normlab.report.stats.PairedDifference;

/** The reading comparison as plain text: one row per reading and activation. */
public final class ReadingTable {
    public static final String CAPTION = "Readings of CBN: what each gains over BN, and over BN at the same head";

    public static final String LEGEND =
            "Differences in test accuracy, in points, paired by seed, with uncorrected 95 % t-intervals. The same head"
                    + " has the same place, kind and c. Precise: with precise instead of running statistics. Gap closed:"
                    + " the share of plain BN's gap to ReLU, running and precise; absent where BN has no gap. E[x²]:"
                    + " second moment of the weight inputs, mean over layers but the first, at the last probe. |λmax|: of"
                    + " the Hessian, averaged over training. Beyond the claim: difference to BN minus the abstract's 15.0,"
                    + " 4.5 or 4.0 points.";

    private ReadingTable() {}

    public static List<String> head() {
        return List.of(
                "Reading",
                "Δ to BN",
                "precise",
                "Δ to BN, same head",
                "precise",
                "Gap closed",
                "Δ loss AUC",
                "E[x²]",
                "|λmax|",
                "Beyond the claim");
    }

    public static List<List<String>> rows(Findings findings) {
        List<List<String>> rows = new ArrayList<>();
        for (Analysis analysis : findings.decisive()) {
            for (ReadingRow row : findings.readings(analysis)) {
                rows.add(row(findings.inFront(analysis), analysis, row));
            }
        }
        return rows;
    }

    private static List<String> row(String prefix, Analysis analysis, ReadingRow row) {
        return List.of(
                "%s%s, %s"
                        .formatted(
                                prefix,
                                analysis.title(row.arm()),
                                row.activation().title()),
                difference(row.running().overBn(), 2),
                difference(row.precise().overBn(), 2),
                difference(row.running().overSameHead(), 2),
                difference(row.precise().overSameHead(), 2),
                gap(row),
                difference(row.lossAuc(), 3),
                number(row.inputSecondMoment(), 2),
                number(row.curvature(), 1),
                row.beyondClaim().isPresent() ? Numbers.signed(row.beyondClaim().getAsDouble(), 1) : "");
    }

    private static String difference(Optional<PairedDifference> difference, int digits) {
        return difference
                .map(d -> Numbers.signed(d.mean(), digits)
                        + d.interval()
                                .map(i -> " " + Numbers.interval(i, digits))
                                .orElse(" (n = %d)".formatted(d.n())))
                .orElse("–");
    }

    private static String gap(ReadingRow row) {
        String running = percent(row.running().gapClosed());
        String precise = percent(row.precise().gapClosed());
        return precise.isEmpty() ? running : running + ", " + precise;
    }

    private static String percent(OptionalDouble share) {
        return share.isPresent() ? Numbers.fixed(100 * share.getAsDouble(), 0) + " %" : "";
    }

    private static String number(OptionalDouble value, int digits) {
        return value.isPresent() ? Numbers.fixed(value.getAsDouble(), digits) : "";
    }
}
