package normlab.platform.config;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.OptionalInt;
import normlab.json.Problems;

/**
 * Rejects what a settings file does not need. Aliases can multiply, and a tag asks the parser for a class; invisible
 * characters and those that reverse the direction of a line make a name look like another one.
 */
final class YamlGuard {
    static final int LONGEST_DOCUMENT = 1 << 20;
    static final int LONGEST_TEXT = 10_000;

    private YamlGuard() {}

    /**
     * @param problems receives all that is found, each with its line
     * @throws IOException if the text is not YAML
     */
    static void check(String yaml, Problems problems) throws IOException {
        if (yaml.length() > LONGEST_DOCUMENT) {
            problems.add("has %d characters, expected at most %d".formatted(yaml.length(), LONGEST_DOCUMENT));
            return;
        }
        try (YAMLParser parser = (YAMLParser) YamlFile.MAPPER.getFactory().createParser(yaml)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                check(parser, token, problems);
            }
        }
    }

    private static void check(YAMLParser parser, JsonToken token, Problems problems) throws IOException {
        String line = "line %d: ".formatted(parser.currentTokenLocation().getLineNr());
        if (parser.isCurrentAlias()) {
            problems.add(line
                    + "*%s is an alias, which is not allowed here: write the value out".formatted(parser.getText()));
        }
        if (parser.getTypeId() != null) {
            problems.add(line + "!%s is a tag, which is not allowed here: remove it".formatted(parser.getTypeId()));
        }
        if (token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING) {
            text(parser.getText(), line, problems);
        }
    }

    private static void text(String text, String line, Problems problems) {
        if (text.length() > LONGEST_TEXT) {
            problems.add(line + "a text has %d characters, expected at most %d".formatted(text.length(), LONGEST_TEXT));
        }
        OptionalInt unseen = text.codePoints().filter(YamlGuard::isUnseen).findFirst();
        unseen.ifPresent(
                c -> problems.add(line + "a text contains U+%04X, which is invisible: remove it".formatted(c)));
    }

    private static boolean isUnseen(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL -> character != '\n' && character != '\t';
            case Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
