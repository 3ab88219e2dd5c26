package normlab.report.text;

import java.util.ArrayList;
import java.util.List;
import normlab.experiment.Arm;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Reading;
import normlab.report.claim.Findings;

/**
 * The main table of each network and what follows from it, for a terminal. Only ASCII, since some terminals show nothing
 * else. If an aligned table does not fit, each of its rows becomes a list of its cells; sentences wrap between words.
 */
public final class TerminalTable {
    /** No limit on the width: no line is wrapped. */
    public static final int UNBROKEN = Integer.MAX_VALUE;

    private final int columns;
    private final StringBuilder text = new StringBuilder();

    private TerminalTable(int columns) {
        this.columns = columns;
    }

    /**
     * The tables and sentences as text; ends with a line break.
     *
     * @param columns width of the terminal, or {@link #UNBROKEN}; every line is shorter, unless a single word, or a cell
     *     with its name, is longer
     */
    public static String of(Findings findings, int columns) {
        TerminalTable table = new TerminalTable(columns);
        table.write(findings);
        return table.text.toString();
    }

    private void write(Findings findings) {
        sentence("Test accuracy after the last epoch, %, mean +/- SD (seeds)");
        text.append('\n');
        boolean several = findings.analyses().size() > 1;
        for (Analysis analysis : findings.decisive()) {
            if (several) {
                sentence(ascii(analysis.setting().title()));
            }
            MainTable table = new MainTable(analysis);
            table(
                    plain(table.head()),
                    table.rows().stream().map(TerminalTable::plain).toList());
            text.append('\n');
        }
        sentence("* survives Holm's correction over the activations; intervals are 95 %, uncorrected.");
        sentence(Arm.DISCLAIMER);
        for (Analysis analysis : findings.decisive()) {
            if (analysis.headline().isPresent()) {
                String network =
                        findings.decisive().size() > 1 ? analysis.setting().network() + ": " : "";
                new Reading(analysis).sentences().forEach(s -> sentence(ascii(network + s)));
            }
        }
        findings.precision().ifPresent(p -> sentence(ascii(p.sentence())));
        sentence(ascii(ClaimLines.sentence(findings.verdicts())));
        sentence(ascii(findings.campaign().registration().sentence()));
    }

    private void sentence(String sentence) {
        if (sentence.length() < columns) {
            text.append(sentence).append('\n');
            return;
        }
        int column = 0;
        for (String word : sentence.split(" +")) {
            if (column > 0 && column + 1 + word.length() >= columns) {
                text.append('\n');
                column = 0;
            } else if (column > 0) {
                text.append(' ');
                column++;
            }
            text.append(word);
            column += word.length();
        }
        text.append('\n');
    }

    private void table(List<String> head, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>(List.of(head));
        all.addAll(rows);
        String aligned = aligned(all);
        text.append(aligned.lines().allMatch(line -> line.length() < columns) ? aligned : listed(head, rows));
    }

    /** The first cell of each row, and below it the others, each with the name of its column. */
    private static String listed(List<String> head, List<List<String>> rows) {
        int width = head.stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            text.append(row.getFirst()).append('\n');
            for (int i = 1; i < head.size(); i++) {
                String name = head.get(i) + " ".repeat(width - head.get(i).length());
                text.append("  %s  %s".formatted(name, row.get(i)).stripTrailing())
                        .append('\n');
            }
        }
        return text.toString();
    }

    /** Columns as wide as their widest cell; all rows have the same number of cells. */
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
