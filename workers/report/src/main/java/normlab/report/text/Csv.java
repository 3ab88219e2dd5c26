package normlab.report.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A table in the format of RFC 4180, in UTF-8. Absent and non-finite values are empty fields. A text that a spreadsheet
 * would take for a formula gets a leading apostrophe, which makes the spreadsheet treat it as text.
 */
final class Csv {
    private static final Pattern FORMULA = Pattern.compile("[=+@\\t\\r-]");

    private final StringBuilder text = new StringBuilder();
    private final int columns;

    Csv(String... head) {
        columns = head.length;
        row((Object[]) head);
    }

    /** @throws IllegalArgumentException if the row does not have as many fields as the head */
    void row(Object... fields) {
        if (fields.length != columns) {
            throw new IllegalArgumentException("a row has %d fields, expected %d".formatted(fields.length, columns));
        }
        text.append(Arrays.stream(fields).map(Csv::field).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String field(Object value) {
        String plain = plain(value);
        boolean quoted = plain.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
    }

    private static String plain(Object value) {
        return switch (value) {
            case Optional<?> optional -> optional.map(Csv::plain).orElse("");
            case OptionalDouble optional -> optional.isPresent() ? plain(optional.getAsDouble()) : "";
            case String text -> FORMULA.matcher(text).lookingAt() ? "'" + text : text;
            case Double number -> Double.isFinite(number) ? number.toString() : "";
            case Object other -> other.toString();
        };
    }
}
