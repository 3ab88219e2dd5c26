package normlab.platform.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import normlab.json.Problems;
import normlab.json.Ranges;

/** Values out of the ranges by which editors check an experiment's file: all of them, each with its place. */
final class ExperimentRanges {
    private ExperimentRanges() {}

    static List<String> problems(ObjectNode experiment) {
        Problems problems = new Problems();
        check(experiment, ExperimentSchema.ofExperiment(), "", problems);
        return problems.list();
    }

    private static void check(JsonNode value, JsonNode schema, String path, Problems problems) {
        if (value.isObject()) {
            value.properties().forEach(e -> {
                JsonNode known = schema.path("properties").path(e.getKey());
                check(
                        e.getValue(),
                        known.isMissingNode() ? schema.path("additionalProperties") : known,
                        path.isEmpty() ? e.getKey() : path + "." + e.getKey(),
                        problems);
            });
        } else if (value.isArray()) {
            checkList(value, schema, path, problems);
        } else if (value.isNumber()) {
            checkNumber(value, schema, path, problems);
        }
    }

    private static void checkList(JsonNode list, JsonNode schema, String path, Problems problems) {
        problems.check(
                list.size() >= schema.path("minItems").asInt(0),
                "%s is empty, expected at least %d"
                        .formatted(path, schema.path("minItems").asInt()));
        Set<JsonNode> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            boolean again = !seen.add(list.get(i));
            problems.check(
                    !again || !schema.path("uniqueItems").asBoolean(),
                    "%s[%d] is %s a second time, expected each once".formatted(path, i, list.get(i)));
            check(list.get(i), schema.path("items"), "%s[%d]".formatted(path, i), problems);
        }
    }

    private static void checkNumber(JsonNode number, JsonNode schema, String path, Problems problems) {
        Map<Ranges.Bound, BigDecimal> limits = new EnumMap<>(Ranges.Bound.class);
        for (Ranges.Bound bound : Ranges.Bound.values()) {
            if (schema.path(bound.key()).isNumber()) {
                limits.put(bound, schema.path(bound.key()).decimalValue());
            }
        }
        Ranges.problem(path, number.numberValue(), limits).ifPresent(problems::add);
    }
}
