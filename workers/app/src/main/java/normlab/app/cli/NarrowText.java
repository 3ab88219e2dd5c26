package normlab.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Text for a terminal that is narrower than it: sentences broken between words, and the rows of an aligned table, which
 * have two spaces side by side, each as a list of its fields.
 */
final class NarrowText {
    private static final String GAP = "  ";
    private static final Pattern FIELD = Pattern.compile("\\S+(?: \\S+)*");

    private final int columns;
    private final StringBuilder text = new StringBuilder();

    private NarrowText(int columns) {
        this.columns = columns;
    }

    /** @return each line ends with a line break */
    static String of(String text, int columns) {
        NarrowText narrow = new NarrowText(columns);
        List<String> table = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.contains(GAP)) {
                table.add(line);
            } else {
                narrow.table(table);
                table.clear();
                narrow.sentence(line);
            }
        }
        narrow.table(table);
        return narrow.text.toString();
    }

    private void sentence(String sentence) {
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

    private void table(List<String> rows) {
        if (rows.stream().allMatch(row -> row.length() < columns)) {
            rows.forEach(row -> text.append(row).append('\n'));
            return;
        }
        if (rows.size() == 1) {
            // Two spaces in a sentence: there are no rows below this one.
            sentence(rows.getFirst());
            return;
        }
        List<MatchResult> head = FIELD.matcher(rows.getFirst()).results().toList();
        int width =
                head.stream().mapToInt(field -> field.group().length()).max().orElse(0);
        for (String row : rows.subList(1, rows.size())) {
            text.append(field(row, head, 0)).append('\n');
            for (int i = 1; i < head.size(); i++) {
                String name = head.get(i).group();
                text.append("  %s%s  %s"
                                .formatted(name, " ".repeat(width - name.length()), field(row, head, i))
                                .stripTrailing())
                        .append('\n');
            }
        }
    }

    private static String field(String row, List<MatchResult> head, int index) {
        int start = Math.min(row.length(), head.get(index).start());
        int end = index + 1 < head.size() ? head.get(index + 1).start() : row.length();
        return row.substring(start, Math.min(row.length(), end)).strip();
    }
}
