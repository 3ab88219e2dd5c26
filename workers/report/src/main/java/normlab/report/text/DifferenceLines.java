package normlab.report.text;

import java.util.ArrayList;
import java.util.List;
import normlab.report.compare.CampaignDifference;

/** Two campaigns beside each other, for a terminal. */
public final class DifferenceLines {
    /** What is longer, such as a digest or a list, does not help a reader of a terminal; the page has it whole. */
    private static final int WIDEST = 40;

    private DifferenceLines() {}

    /** ASCII, aligned; ends with a line break. */
    public static String of(CampaignDifference difference) {
        StringBuilder text =
                new StringBuilder("First:  %s\nSecond: %s\n".formatted(difference.first(), difference.second()));
        difference.summary().forEach(s -> text.append(TerminalTable.ascii(s)).append('\n'));
        for (CampaignDifference.Table table : difference.tables()) {
            List<List<String>> rows = new ArrayList<>(List.of(table.head()));
            rows.addAll(table.rows());
            text.append('\n').append(table.caption()).append('\n');
            text.append(TerminalTable.aligned(rows.stream()
                    .map(r -> r.stream().map(DifferenceLines::shown).toList())
                    .toList()));
        }
        return text.toString();
    }

    private static String shown(String text) {
        String plain = TerminalTable.ascii(text);
        return plain.length() <= WIDEST ? plain : plain.substring(0, WIDEST - 3) + "...";
    }
}
