package normlab.report.text;

import java.util.ArrayList;
import java.util.List;
import normlab.experiment.Arm;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Reading;
import normlab.report.claim.Findings;

/** The main table of each network for a terminal: aligned columns, signs in ASCII, since not every terminal shows others. */
public final class TerminalTable {
    private TerminalTable() {}

    /** Ends with a line break. */
    public static String of(Findings findings) {
        StringBuilder text = new StringBuilder("Test accuracy after the last epoch, %, mean +/- SD (seeds)\n\n");
        boolean several = findings.analyses().size() > 1;
        for (Analysis analysis : findings.decisive()) {
            if (several) {
                text.append(ascii(analysis.setting().title())).append('\n');
            }
            text.append(table(analysis)).append('\n');
        }
        text.append("* survives Holm's correction over the activations; intervals are 95 %, uncorrected.\n");
        text.append(Arm.DISCLAIMER).append("\n");
        for (Analysis analysis : findings.decisive()) {
            if (analysis.headline().isPresent()) {
                String network =
                        findings.decisive().size() > 1 ? analysis.setting().network() + ": " : "";
                new Reading(analysis)
                        .sentences()
                        .forEach(s -> text.append(ascii(network + s)).append('\n'));
            }
        }
        findings.precision().ifPresent(p -> text.append(ascii(p.sentence())).append('\n'));
        text.append(ascii(ClaimLines.sentence(findings.verdicts()))).append('\n');
        return text.toString();
    }

    private static String table(Analysis analysis) {
        MainTable table = new MainTable(analysis);
        List<List<String>> rows = new ArrayList<>();
        rows.add(plain(table.head()));
        table.rows().forEach(row -> rows.add(plain(row)));
        return aligned(rows);
    }

    /** Columns as wide as their widest field; all rows have as many. */
    static String aligned(List<List<String>> rows) {
        int[] widths = widths(rows);
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(line(row, widths)).append('\n'));
        return text.toString();
    }

    private static List<String> plain(List<String> row) {
        return row.stream().map(TerminalTable::ascii).toList();
    }

    static String ascii(String text) {
        return text.replace("−", "-")
                .replace("Δ", "diff")
                .replace("±", "+/-")
                .replace("φ", "phi")
                .replace("ρ", "rho")
                .replace("β", "beta")
                .replace("λ", "lambda")
                .replace("‖", "|")
                .replace("²", "^2")
                .replace("×", "x")
                .replace("–", "-")
                .replaceAll("\\p{Cntrl}", " ")
                .replaceAll("[^\\x20-\\x7e]", "?");
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
