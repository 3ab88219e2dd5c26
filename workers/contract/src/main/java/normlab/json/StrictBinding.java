package normlab.json;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Binds JSON to records and reports every problem at once: an unknown field (with the nearest known name), a missing
 * one, a wrong type, an unknown choice. A field may be absent only where its component is an {@link Optional}.
 * What a record's own constructor refuses is reported last, one at a time.
 */
public final class StrictBinding {
    private StrictBinding() {}

    /**
     * @param subject what is bound, for the message
     * @throws InvalidInputException with all problems found
     */
    public static <T> T bind(JsonNode node, Class<T> type, String subject) {
        List<String> problems = problems(node, type);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(subject, problems);
        }
        try {
            return Json.MAPPER.treeToValue(node, type);
        } catch (JsonMappingException e) {
            throw new InvalidInputException(subject, where(e) + rootMessage(e));
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(subject, rootMessage(e));
        }
    }

    /** What {@link #bind} finds before it asks the records' constructors; empty where they are asked. */
    public static List<String> problems(JsonNode node, Class<?> type) {
        Problems problems = new Problems();
        check(node, type, "", problems);
        return problems.list();
    }

    private static void check(JsonNode node, Type type, String path, Problems problems) {
        if (type instanceof ParameterizedType generic) {
            checkGeneric(node, generic, path, problems);
        } else if (type instanceof Class<?> raw) {
            checkRaw(node, raw, path, problems);
        }
    }

    private static void checkGeneric(JsonNode node, ParameterizedType type, String path, Problems problems) {
        Type last = type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
        if (type.getRawType() == Optional.class) {
            if (!node.isNull()) {
                check(node, last, path, problems);
            }
        } else if (type.getRawType() == List.class) {
            if (!node.isArray()) {
                problems.add(mismatch(path, node, "a list"));
                return;
            }
            for (int i = 0; i < node.size(); i++) {
                check(node.get(i), last, path + "[" + i + "]", problems);
            }
        } else if (type.getRawType() == Map.class) {
            if (!node.isObject()) {
                problems.add(mismatch(path, node, "a map"));
                return;
            }
            node.properties().forEach(e -> check(e.getValue(), last, join(path, e.getKey()), problems));
        }
    }

    private static void checkRaw(JsonNode node, Class<?> type, String path, Problems problems) {
        if (type.isSealed() && type.isAnnotationPresent(JsonTypeInfo.class)) {
            checkAlternative(node, type, path, problems);
        } else if (type == String.class || type.isRecord() && isText(type)) {
            expect(node.isTextual(), path, node, "a text", problems);
        } else if (type.isRecord()) {
            checkRecord(node, type, path, Set.of(), problems);
        } else if (type.isEnum()) {
            List<String> choices = Arrays.stream(type.getEnumConstants())
                    .map(c -> Json.MAPPER.valueToTree(c).asText())
                    .toList();
            boolean known = node.isTextual() && choices.stream().anyMatch(node.textValue()::equalsIgnoreCase);
            expect(known, path, node, "one of " + String.join(", ", choices), problems);
        } else if (type == boolean.class || type == Boolean.class) {
            expect(node.isBoolean(), path, node, "true or false", problems);
        } else if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            boolean fits =
                    type == int.class || type == Integer.class ? node.canConvertToInt() : node.canConvertToLong();
            expect(node.isIntegralNumber() && fits, path, node, "a whole number", problems);
        } else if (type == double.class || type == Double.class) {
            boolean special =
                    node.isTextual() && Set.of("NaN", "Infinity", "-Infinity").contains(node.textValue());
            expect(node.isNumber() || special, path, node, "a number", problems);
        } else if (type == Instant.class) {
            expect(node.isTextual(), path, node, "a time such as 2026-11-22T10:00:00Z", problems);
        }
    }

    /** A message for every value that is right would be most of the work. */
    private static void expect(boolean right, String path, JsonNode found, String expected, Problems problems) {
        if (!right) {
            problems.add(mismatch(path, found, expected));
        }
    }

    private static void checkAlternative(JsonNode node, Class<?> type, String path, Problems problems) {
        String key = type.getAnnotation(JsonTypeInfo.class).property();
        Map<String, Class<?>> kinds = Arrays.stream(
                        type.getAnnotation(JsonSubTypes.class).value())
                .collect(Collectors.toMap(JsonSubTypes.Type::name, JsonSubTypes.Type::value));
        Class<?> chosen = node.path(key).isTextual() ? kinds.get(node.path(key).textValue()) : null;
        if (chosen == null) {
            problems.add(mismatch(
                    join(path, key), node.path(key), "one of " + String.join(", ", new TreeSet<>(kinds.keySet()))));
            return;
        }
        checkRecord(node, chosen, path, Set.of(key), problems);
    }

    private static void checkRecord(JsonNode node, Class<?> type, String path, Set<String> extra, Problems problems) {
        if (!node.isObject()) {
            problems.add(mismatch(path, node, "a map of fields"));
            return;
        }
        Set<String> known = new TreeSet<>(extra);
        if (type.isAnnotationPresent(JsonIgnoreProperties.class)) {
            known.addAll(List.of(type.getAnnotation(JsonIgnoreProperties.class).value()));
        }
        for (RecordComponent component : type.getRecordComponents()) {
            String name = name(component);
            known.add(name);
            JsonNode value = node.get(name);
            if (value != null && !(value.isNull() && component.getType() != Optional.class)) {
                check(value, component.getGenericType(), join(path, name), problems);
            } else if (component.getType() != Optional.class) {
                problems.add(join(path, name) + " is missing");
            }
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                problems.add("%s is not known here%s".formatted(join(path, name), suggestion(name, known)));
            }
        });
    }

    /** The name of a record's component in JSON. */
    public static String name(RecordComponent component) {
        JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
        return given == null || given.value().isEmpty() ? component.getName() : given.value();
    }

    /** Whether a record is one text in JSON. */
    private static boolean isText(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .anyMatch(m -> m.isAnnotationPresent(JsonValue.class) && m.getReturnType() == String.class);
    }

    /** The nearest known name as a question, or all of them where none is near: short names have few letters to share. */
    public static String suggestion(String name, Iterable<String> known) {
        String best = "";
        int distance = Math.min(Math.max(3, 1 + name.length() / 3), name.length());
        for (String candidate : known) {
            int d = editDistance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (d < distance) {
                distance = d;
                best = candidate;
            }
        }
        if (!best.isEmpty()) {
            return "; did you mean " + best + "?";
        }
        return known.iterator().hasNext() ? " (known: " + String.join(", ", known) + ")" : "";
    }

    /** Two swapped letters count as one edit, as does a letter that is inserted, missing or wrong. */
    private static int editDistance(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : fewest(edits, i, j, a, b);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int fewest(int[][] edits, int i, int j, String a, String b) {
        int substitution = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int fewest = Math.min(substitution, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(fewest, 1 + edits[i - 2][j - 2]) : fewest;
    }

    private static String mismatch(String path, JsonNode found, String expected) {
        String subject = path.isEmpty() ? "the document" : path;
        return found.isMissingNode()
                ? "%s is missing, expected %s".formatted(subject, expected)
                : "%s is %s, expected %s".formatted(subject, found, expected);
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String where(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(r -> r.getFieldName() != null ? r.getFieldName() : "[" + r.getIndex() + "]")
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "" : path + ": ";
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof JsonProcessingException json
                ? json.getOriginalMessage()
                : String.valueOf(root.getMessage());
    }
}
