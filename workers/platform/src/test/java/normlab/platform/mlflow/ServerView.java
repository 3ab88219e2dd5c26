package normlab.platform.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import normlab.json.Json;
import normlab.port.TrackedRun;
import normlab.testkit.ShownRun;

/** Looks at a server as its UI does, independently of what the tracker asks. */
final class ServerView implements AutoCloseable {
    private final MlflowConnection connection;

    ServerView(MlflowServer server) {
        this.connection = new MlflowConnection(server, MlflowConnection.DEADLINE);
    }

    JsonNode experiment(String name) {
        return get("experiments/get-by-name", Map.of("experiment_name", name)).path("experiment");
    }

    /** All active runs, raw. */
    List<JsonNode> runs(String experiment) {
        String id = experiment(experiment).path("experiment_id").asText();
        List<JsonNode> runs = new ArrayList<>();
        post("runs/search", Map.of("experiment_ids", List.of(id), "max_results", 1000, "run_view_type", "ACTIVE_ONLY"))
                .path("runs")
                .forEach(runs::add);
        return runs;
    }

    JsonNode run(String experiment, String name) {
        return runs(experiment).stream()
                .filter(r -> r.path("info").path("run_name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    JsonNode artifacts(JsonNode run) {
        return get(
                        "artifacts/list",
                        Map.of("run_id", run.path("info").path("run_id").asText()))
                .path("files");
    }

    /** Logged models, raw. */
    List<JsonNode> models(String experiment) {
        List<JsonNode> models = new ArrayList<>();
        post(
                        "logged-models/search",
                        Map.of(
                                "experiment_ids",
                                List.of(experiment(experiment)
                                        .path("experiment_id")
                                        .asText()),
                                "max_results",
                                50))
                .path("models")
                .forEach(models::add);
        return models;
    }

    /** Ids of the models that a run shows. */
    List<String> outputs(String run) {
        return get("runs/get", Map.of("run_id", run))
                .path("run")
                .path("outputs")
                .path("model_outputs")
                .findValuesAsText("model_id");
    }

    JsonNode registered(String name) {
        return get("registered-models/get", Map.of("name", name)).path("registered_model");
    }

    /** All versions of a registered model. */
    List<String> versions(String name) {
        return get("model-versions/search", Map.of("filter", "name = '%s'".formatted(name)))
                .path("model_versions")
                .findValuesAsText("version");
    }

    void deleteExperiment(String name) {
        post(
                "experiments/delete",
                Map.of("experiment_id", experiment(name).path("experiment_id").asText()));
    }

    List<ShownRun> shown(String experiment) {
        List<JsonNode> runs = runs(experiment);
        Map<String, String> names = new HashMap<>();
        runs.forEach(r -> names.put(
                r.path("info").path("run_id").asText(),
                r.path("info").path("run_name").asText()));
        return runs.stream().map(r -> shown(r, names)).toList();
    }

    private ShownRun shown(JsonNode run, Map<String, String> names) {
        Map<String, String> tags = pairs(run.path("data").path("tags"));
        return new ShownRun(
                run.path("info").path("run_name").asText(),
                tags.getOrDefault("mlflow.note.content", ""),
                TrackedRun.Status.valueOf(run.path("info").path("status").asText()),
                Optional.ofNullable(tags.get("mlflow.parentRunId")).map(id -> names.getOrDefault(id, "deleted " + id)),
                pairs(run.path("data").path("params")),
                tags,
                points(run));
    }

    private Map<String, Integer> points(JsonNode run) {
        Map<String, Integer> points = new HashMap<>();
        for (JsonNode metric : run.path("data").path("metrics")) {
            String key = metric.path("key").asText();
            JsonNode history = get(
                    "metrics/get-history",
                    Map.of(
                            "run_id",
                            run.path("info").path("run_id").asText(),
                            "metric_key",
                            key,
                            "max_results",
                            "1000"));
            points.put(key, history.path("metrics").size());
        }
        return points;
    }

    private static Map<String, String> pairs(JsonNode list) {
        Map<String, String> pairs = new HashMap<>();
        list.forEach(p -> pairs.put(p.path("key").asText(), p.path("value").asText()));
        return pairs;
    }

    private JsonNode get(String path, Map<String, String> query) {
        String parameters = query.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return connection.askForJson("GET " + path, c -> c.sendGet(path + "?" + parameters));
    }

    private JsonNode post(String path, Map<String, ?> body) {
        return connection.askForJson("POST " + path, c -> c.sendPost(path, Json.write(body)));
    }

    @Override
    public void close() {
        connection.close();
    }
}
