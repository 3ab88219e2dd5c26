package normlab.report.text;

import java.util.ArrayList;
import java.util.List;
import normlab.report.compare.CampaignDifference;

/** The comparison of two campaigns for a terminal. */
public final class DifferenceLines {
    /** Longer values, such as digests and lists, are cut in a terminal; the page shows them in full. */
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
