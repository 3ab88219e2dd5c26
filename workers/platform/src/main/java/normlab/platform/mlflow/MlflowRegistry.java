package normlab.platform.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import normlab.port.TrackedModel.Registration;

/** The model registry. Each creation makes another version, so an existing version is searched first. */
final class MlflowRegistry {
    private final MlflowRest rest;

    MlflowRegistry(MlflowRest rest) {
        this.rest = rest;
    }

    /** Registers the logged model as a version under the alias, unless it is one already. */
    void register(Registration place, String run, String model) {
        JsonNode registered = ensure(place);
        String version = version(place.name(), model);
        if (version.isEmpty()) {
            version = rest.post(
                            "model-versions/create",
                            Map.of(
                                    "name",
                                    place.name(),
                                    "source",
                                    "models:/" + model,
                                    "run_id",
                                    run,
                                    "model_id",
                                    model,
                                    "description",
                                    place.description()))
                    .path("model_version")
                    .path("version")
                    .asText();
        }
        if (!isAlias(registered, place.alias(), version)) {
            rest.post(
                    "registered-models/alias",
                    Map.of("name", place.name(), "alias", place.alias(), "version", version));
        }
    }

    private JsonNode ensure(Registration place) {
        try {
            return rest.post(
                    "registered-models/create", Map.of("name", place.name(), "description", place.description()));
        } catch (MlflowRefusal refusal) {
            if (!refusal.code().equals("RESOURCE_ALREADY_EXISTS")) {
                throw refusal;
            }
            return rest.get("registered-models/get", Map.of("name", place.name()));
        }
    }

    private String version(String name, String model) {
        JsonNode versions = rest.get(
                "model-versions/search", Map.of("filter", "name = '%s'".formatted(name), "max_results", "1000"));
        for (JsonNode version : versions.path("model_versions")) {
            if (version.path("source").asText().equals("models:/" + model)
                    || version.path("model_id").asText().equals(model)) {
                return version.path("version").asText();
            }
        }
        return "";
    }

    private static boolean isAlias(JsonNode registered, String alias, String version) {
        for (JsonNode a : registered.path("registered_model").path("aliases")) {
            if (a.path("alias").asText().equals(alias)
                    && a.path("version").asText().equals(version)) {
                return true;
            }
        }
        return false;
    }
}
