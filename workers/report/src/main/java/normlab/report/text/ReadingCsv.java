package normlab.report.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.ReadingRow;
import normlab.report.analysis.ReadingRow.Evaluation;
import normlab.report.claim.Findings;
import normlab.report.stats.Interval;
import normlab.report.stats.PairedDifference;

/** The reading comparison: two rows, one per evaluation, for each reading and activation. */
final class ReadingCsv {
    private ReadingCsv() {}

    static byte[] of(Findings findings) {
        Csv csv = new Csv(
                "network",
                "reading",
                "activation",
                "evaluation",
                "pairs",
                "over_bn",
                "over_bn_low95",
                "over_bn_high95",
                "same_head",
                "over_same_head",
                "over_same_head_low95",
                "over_same_head_high95",
                "gap_closed",
                "loss_auc_difference",
                "input_second_moment",
                "curvature",
                "claimed");
        for (Analysis analysis : findings.decisive()) {
            for (ReadingRow row : findings.readings(analysis)) {
                row(csv, analysis, row, "running", row.running());
                if (row.precise().overBn().isPresent()) {
                    row(csv, analysis, row, "precise", row.precise());
                }
            }
        }
        return csv.bytes();
    }

    private static void row(Csv csv, Analysis analysis, ReadingRow row, String name, Evaluation found) {
        List<Object> values = new ArrayList<>(List.of(
                analysis.setting().network(),
                row.arm(),
                row.activation().title(),
                name,
                found.overBn().map(PairedDifference::n).orElse(0)));
        add(values, found.overBn());
        values.add(row.sameHead());
        add(values, found.overSameHead());
        values.add(found.gapClosed());
        values.add(row.lossAuc().map(PairedDifference::mean));
        values.add(row.inputSecondMoment());
        values.add(row.curvature());
        values.add(row.claimed());
        csv.row(values.toArray());
    }

    private static void add(List<Object> values, Optional<PairedDifference> difference) {
        Optional<Interval> interval = difference.flatMap(PairedDifference::interval);
        values.add(difference.map(PairedDifference::mean));
        values.add(interval.map(Interval::low));
        values.add(interval.map(Interval::high));
    }
}
