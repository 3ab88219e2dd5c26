package normlab.platform.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.json.Problems;

/** A YAML document that is a map, without duplicate keys and without what {@link YamlGuard} rejects. */
public final class YamlFile {
    // Only true and false are booleans: `off` is the name of a head.
    static final ObjectMapper MAPPER = new YAMLMapper(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final Pattern PLACE = Pattern.compile("line \\d+, column \\d+");

    private YamlFile() {}

    /** @throws InvalidInputException with line and column, if the text is not such a document */
    public static ObjectNode read(Path file) {
        try {
            if (parse(Files.readString(file), file.toString()) instanceof ObjectNode map) {
                return map;
            }
            throw new InvalidInputException(file.toString(), "is not a map, expected lines of `key: value`");
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(file.toString(), "is not text in UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** @param beside the class in whose package the resource lies */
    static ObjectNode resource(Class<?> beside, String name) {
        try (InputStream text = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
            return (ObjectNode) MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + name, e);
        }
    }

    /**
     * Any value.
     *
     * @param subject what the text is, for messages
     * @throws InvalidInputException with line and column, if it is not YAML
     */
    static JsonNode parse(String yaml, String subject) {
        Problems problems = new Problems();
        try {
            YamlGuard.check(yaml, problems);
            problems.throwIfAny(subject);
            return MAPPER.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(subject, where(e) + sentences(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read text", e);
        }
    }

    /** A record as such a document, its keys in alphabetical order. */
    public static byte[] write(Object record) {
        try {
            return MAPPER.writeValueAsBytes(Json.tree(record));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "cannot write " + record.getClass().getName() + " as YAML", e);
        }
    }

    /** The parser's own position is where the wrong part begins; its text ends with the position where it stopped. */
    private static String where(JsonProcessingException e) {
        Optional<MatchResult> stopped =
                PLACE.matcher(e.getOriginalMessage()).results().reduce((earlier, last) -> last);
        if (stopped.isPresent()) {
            return stopped.get().group() + ": ";
        }
        return e.getLocation() == null
                ? ""
                : "line %d, column %d: "
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    }

    /** What the parser expected and what it found; the lines of the file between them are indented. */
    private static String sentences(String message) {
        String said = message.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .collect(Collectors.joining(": "));
        return said.startsWith("mapping values")
                ? said + "; is the line indented as those beside it, and a text with a colon in quotes?"
                : said;
    }
}
