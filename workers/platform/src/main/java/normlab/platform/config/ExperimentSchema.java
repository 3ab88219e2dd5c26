package normlab.platform.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.experiment.Experiment;
import normlab.json.Json;
import normlab.json.Ranges;

/**
 * The JSON schema of experiment files, made from the records that they are bound to; editors use it to complete and
 * check. What a record does not say, the meaning of its components, is next to this class in {@code experiment-keys.yaml}. A file states only what differs, so nothing is required and everything may be null.
 */
public final class ExperimentSchema {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ObjectNode keys = YamlFile.resource(ExperimentSchema.class, "experiment-keys.yaml");

    private ExperimentSchema() {}

    /** As the file {@code workflows/experiments/schema.json} has it. */
    public static String text() {
        ObjectNode schema = NODES.objectNode();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", "An experiment of NormLab, or its difference from the one that it extends");
        schema.setAll(ofExperiment());
        ObjectNode properties = (ObjectNode) schema.get("properties");
        properties.remove("name");
        properties
                .putObject("extends")
                .put("type", "string")
                .put("description", "the file to start from, without .yaml");
        return schema.toPrettyString() + "\n";
    }

    /** Of the resolved form. */
    static ObjectNode ofExperiment() {
        return new ExperimentSchema().ofRecord(Experiment.class, Experiment.class);
    }

    private ObjectNode of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            if (generic.getRawType() == Optional.class) {
                return of(last);
            }
            if (generic.getRawType() == List.class) {
                ObjectNode list = typed("array");
                list.set("items", of(last));
                return list;
            }
            if (generic.getRawType() == Map.class) {
                ObjectNode map = typed("object");
                map.set("additionalProperties", of(last));
                return map;
            }
        } else if (type instanceof Class<?> raw) {
            return ofClass(raw);
        }
        throw new IllegalArgumentException("an experiment has a component of type " + type + ", unknown to its schema");
    }

    private ObjectNode ofClass(Class<?> type) {
        if (type.isSealed() && type.isAnnotationPresent(JsonTypeInfo.class)) {
            return ofAlternatives(type);
        }
        if (type.isRecord()) {
            return ofRecord(type, type);
        }
        if (type.isEnum()) {
            return ofChoices(List.of(type.getEnumConstants()));
        }
        if (type == String.class) {
            return typed("string");
        }
        if (type == boolean.class || type == Boolean.class) {
            return typed("boolean");
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return typed("integer");
        }
        if (type == double.class || type == Double.class) {
            return typed("number");
        }
        throw new IllegalArgumentException("an experiment has a component of type " + type + ", unknown to its schema");
    }

    /** @param section of the keys' file that describes the components */
    private ObjectNode ofRecord(Class<?> type, Class<?> section) {
        ObjectNode schema = typed("object");
        ObjectNode properties = schema.putObject("properties");
        for (RecordComponent component : type.getRecordComponents()) {
            String name = component.getName();
            ObjectNode property = described(section, name, of(component.getGenericType()));
            ObjectNode number = component.getType() == List.class ? (ObjectNode) property.get("items") : property;
            Ranges.limits(component).forEach((bound, limit) -> number.put(bound.key(), limit));
            properties.set(name, property);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    /** The fields of all kinds together: the kind itself may be inherited. */
    private ObjectNode ofAlternatives(Class<?> type) {
        ObjectNode schema = typed("object");
        ObjectNode properties = schema.putObject("properties");
        String property = type.getAnnotation(JsonTypeInfo.class).property();
        ObjectNode kind = properties.putObject(property);
        ArrayNode kinds = kind.putArray("enum");
        described(type, property, kind);
        for (JsonSubTypes.Type alternative :
                type.getAnnotation(JsonSubTypes.class).value()) {
            kinds.add(alternative.name());
            properties.setAll((ObjectNode) ofRecord(alternative.value(), type).get("properties"));
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private ObjectNode described(Class<?> section, String name, ObjectNode schema) {
        if (!(keys.path(section.getSimpleName()).path(name).deepCopy() instanceof ObjectNode description)) {
            return schema;
        }
        schema.setAll(description);
        return schema;
    }

    private static ObjectNode ofChoices(List<?> constants) {
        ObjectNode schema = NODES.objectNode();
        ArrayNode choices = schema.putArray("enum");
        constants.stream().map(Json::tree).map(JsonNode::asText).forEach(choices::add);
        return schema;
    }

    /** A value of this type, or null, which removes the inherited one. */
    private static ObjectNode typed(String type) {
        ObjectNode schema = NODES.objectNode();
        schema.putArray("type").add(type).add("null");
        return schema;
    }
}
