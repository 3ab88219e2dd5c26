package normlab.app.command;

import java.util.stream.Collectors;

/** Quantities and sentences as a person reads them at a glance. */
final class Words {
    private Words() {}

    /** Sentences broken between words; rows of a table, which have two spaces side by side, stay as they are. */
    static String wrapped(String text, int columns) {
        return text.lines()
                .map(line -> line.length() < columns || line.contains("  ") ? line : broken(line, columns))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static String broken(String sentence, int columns) {
        StringBuilder text = new StringBuilder();
        int column = 0;
        for (String word : sentence.split(" ")) {
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
        return text.toString();
    }

    /** {@code 42 s}, {@code 12 min}, {@code 3 h 05 min}, {@code 2 d 4 h}. */
    static String seconds(double seconds) {
        long s = Math.round(seconds);
        if (s < 100) {
            return s + " s";
        }
        long minutes = Math.round(s / 60.0);
        if (minutes < 100) {
            return minutes + " min";
        }
        return minutes < 48 * 60
                ? "%d h %02d min".formatted(minutes / 60, minutes % 60)
                : "%d d %d h".formatted(minutes / 1440, minutes / 60 % 24);
    }
}
