package normlab.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records to JSON and back. Output is canonical: keys in order, no white space, so equal records have equal bytes.
 * Input is strict: see {@link StrictBinding}.
 */
public final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            // A record's components are its JSON; an isEmpty() beside them is not.
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
            .build();

    private Json() {}

    /** Canonical JSON: keys in alphabetical order, no white space. */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(MAPPER.treeToValue(tree(value), Object.class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "cannot write " + value.getClass().getName() + " as JSON", e);
        }
    }

    /** Canonical JSON as UTF-8. */
    public static byte[] bytes(Object value) {
        return write(value).getBytes(StandardCharsets.UTF_8);
    }

    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /**
     * @param subject what the text is, for the message: a file, a key in the store
     * @throws InvalidInputException if the text is not JSON
     */
    public static JsonNode parse(byte[] text, String subject) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node == null || node.isMissingNode()) {
                throw new InvalidInputException(subject, "is empty, expected JSON");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(subject, "is not JSON%s: %s".formatted(place(e), withoutSource(e)));
        } catch (IOException e) {
            throw new InvalidInputException(subject, "is not JSON: " + e.getMessage());
        }
    }

    /** Where an object began is said with the parser's own name for what it reads, which tells nobody anything. */
    private static String withoutSource(JsonProcessingException e) {
        return e.getOriginalMessage().replaceFirst(" \\(start marker at .*\\)$", "");
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " in line %d, column %d"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    }

    /** Parses and binds strictly: unknown, missing and mistyped fields are all reported. */
    public static <T> T read(byte[] text, Class<T> type, String subject) {
        return StrictBinding.bind(parse(text, subject), type, subject);
    }

    /** A record as a map of plain values, as task outputs and MLflow parameters want it. */
    public static Map<String, Object> map(Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        tree(value).properties().forEach(e -> map.put(e.getKey(), MAPPER.convertValue(e.getValue(), Object.class)));
        return map;
    }

    /** Every leaf under its dotted path, in order: {@code recipe.learningRate → 0.1}. */
    public static Map<String, String> flat(Object value) {
        Map<String, String> leaves = new TreeMap<>();
        flatten("", tree(value), leaves);
        return leaves;
    }

    private static void flatten(String path, JsonNode node, Map<String, String> into) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(e -> flatten(path.isEmpty() ? e.getKey() : path + "." + e.getKey(), e.getValue(), into));
        } else {
            into.put(path, node.isTextual() ? node.textValue() : node.toString());
        }
    }
}
