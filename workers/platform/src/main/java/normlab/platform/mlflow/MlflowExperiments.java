package normlab.platform.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** Experiments by name. */
final class MlflowExperiments {
    private final MlflowRest rest;

    MlflowExperiments(MlflowRest rest) {
        this.rest = rest;
    }

    /** Sets the tags that differ. */
    void tag(String name, Map<String, String> tags) {
        JsonNode experiment = find(name)
                .orElseThrow(() -> new MlflowRefusal("the experiment " + name + " was deleted a moment ago", 0, ""));
        tags.forEach((key, value) -> {
            if (!value.equals(tag(experiment, key))) {
                rest.post(
                        "experiments/set-experiment-tag",
                        Map.of("experiment_id", experiment.path("experiment_id").asText(), "key", key, "value", value));
            }
        });
    }

    private static String tag(JsonNode experiment, String key) {
        for (JsonNode tag : experiment.path("tags")) {
            if (tag.path("key").asText().equals(key)) {
                return tag.path("value").asText();
            }
        }
        return "";
    }

    /** The id of the experiment, which is created or restored if necessary. */
    String ensure(String name) {
        Optional<JsonNode> found = find(name);
        if (found.isEmpty()) {
            create(name);
            found = find(name);
        }
        JsonNode experiment = found.orElseThrow(() ->
                new MlflowRefusal("the MLflow server created the experiment " + name + " but does not find it", 0, ""));
        String id = experiment.path("experiment_id").asText();
        if (experiment.path("lifecycle_stage").asText().equals("deleted")) {
            rest.post("experiments/restore", Map.of("experiment_id", id));
        }
        return id;
    }

    Optional<JsonNode> find(String name) {
        try {
            return Optional.of(rest.get("experiments/get-by-name", Map.of("experiment_name", name))
                    .path("experiment"));
        } catch (MlflowRefusal refusal) {
            if (refusal.code().equals("RESOURCE_DOES_NOT_EXIST")) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    private void create(String name) {
        try {
            rest.post("experiments/create", Map.of("name", name));
        } catch (MlflowRefusal refusal) {
            // Another process, or our own request whose answer was lost, came first.
            if (!refusal.code().equals("RESOURCE_ALREADY_EXISTS")) {
                throw refusal;
            }
        }
    }
}
