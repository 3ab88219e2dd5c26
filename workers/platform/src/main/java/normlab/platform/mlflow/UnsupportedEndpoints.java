package normlab.platform.mlflow;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import normlab.json.Json;
import normlab.port.TrackedModel;
import normlab.port.TrackedModel.Registration;
import normlab.port.TrackedRun.DatasetInput;
import normlab.port.TrackedRun.Identity;
import org.mlflow.api.proto.Service.Metric;

/**
 * The endpoints that MLflow's Java client, version 2.17.2, has no method for, each with the reason. All but the last two
 * go through the client's {@code sendGet}, {@code sendPost} and {@code sendPatch}.
 *
 * <ul>
 *   <li>{@code runs/update} with a name: {@code setTerminated} changes only the status and the end.
 *   <li>{@code runs/log-batch} with model ids: the client's {@code Metric} has no such field.
 *   <li>{@code runs/log-inputs}: no method.
 *   <li>{@code runs/outputs}, and {@code runs/get} for the outputs: newer than the client.
 *   <li>{@code logged-models}, {@code logged-models/search}, {@code logged-models/ID}: newer than the client.
 *   <li>{@code registered-models/create}, {@code registered-models/alias}, {@code model-versions/create}: the client only
 *       reads the registry.
 *   <li>{@code DELETE logged-models/ID}, {@code DELETE model-versions/delete}: the client sends no DELETE, so these
 *       use Java's HTTP client, with the same login, deadline and errors.
 * </ul>
 */
final class UnsupportedEndpoints {
    private final MlflowConnection connection;
    private final MlflowServer server;

    UnsupportedEndpoints(MlflowConnection connection, MlflowServer server) {
        this.connection = connection;
        this.server = server;
    }

    void rename(String run, String name) {
        post("runs/update", Map.of("run_id", run, "run_name", name));
    }

    /** @param models ids of the models by the metrics that were measured on them */
    void log(String run, LogBatches.Batch batch, Map<String, String> models) {
        List<?> params =
                batch.params().stream().map(p -> pair(p.getKey(), p.getValue())).toList();
        List<?> metrics = batch.metrics().stream().map(m -> point(m, models)).toList();
        List<?> tags =
                batch.tags().stream().map(t -> pair(t.getKey(), t.getValue())).toList();
        post("runs/log-batch", Map.of("run_id", run, "params", params, "metrics", metrics, "tags", tags));
    }

    private static Map<String, Object> point(Metric metric, Map<String, String> models) {
        Map<String, Object> point = new LinkedHashMap<>();
        point.put("key", metric.getKey());
        point.put("value", metric.getValue());
        point.put("timestamp", metric.getTimestamp());
        point.put("step", metric.getStep());
        if (models.containsKey(metric.getKey())) {
            point.put("model_id", models.get(metric.getKey()));
        }
        return point;
    }

    void logInputs(String run, List<DatasetInput> datasets) {
        List<?> inputs = datasets.stream().map(UnsupportedEndpoints::input).toList();
        post("runs/log-inputs", Map.of("run_id", run, "datasets", inputs));
    }

    private static Map<String, Object> input(DatasetInput dataset) {
        Map<String, String> shown = Map.ofEntries(
                entry("name", dataset.name()),
                entry("digest", dataset.digest()),
                entry("source_type", "s3"),
                entry("source", Json.write(Map.of("uri", dataset.source()))),
                entry("profile", dataset.profile()));
        return Map.of("tags", pairs(Map.of("mlflow.data.context", dataset.context())), "dataset", shown);
    }

    /** Shows the model with the run; the server rejects a second request for it. */
    void addOutput(String run, String model, long step) {
        post("runs/outputs", Map.of("run_id", run, "models", List.of(Map.of("model_id", model, "step", step))));
    }

    /** Ids of the models that the run shows. */
    List<String> outputs(String run) {
        return connection
                .askForJson("GET runs/get", c -> c.sendGet("runs/get?run_id=" + run))
                .path("run")
                .path("outputs")
                .path("model_outputs")
                .findValuesAsText("model_id");
    }

    /** Each request makes another model. */
    void createModel(ServerRun run, TrackedModel model, String name, Map<String, String> tags) {
        post(
                "logged-models",
                Map.ofEntries(
                        entry("experiment_id", run.experiment()),
                        entry("name", name),
                        entry("model_type", model.type()),
                        entry("source_run_id", run.id()),
                        entry("params", pairs(model.params())),
                        entry("tags", pairs(tags))));
    }

    /** The logged models of the experiment with the tag. */
    JsonNode models(String experiment, Identity tag) {
        String filter = "tags.`%s` = '%s'".formatted(tag.tag(), tag.value());
        Map<String, Object> search = Map.of("experiment_ids", List.of(experiment), "filter", filter, "max_results", 50);
        return post("logged-models/search", search).path("models");
    }

    void modelIsReady(String model) {
        String path = "logged-models/" + model;
        String body = Json.write(Map.of("model_id", model, "status", "LOGGED_MODEL_READY"));
        connection.tell("PATCH " + path, c -> c.sendPatch(path, body));
    }

    void createRegisteredModel(Registration place) {
        post("registered-models/create", Map.of("name", place.name(), "description", place.description()));
    }

    /** Each request makes another version. */
    void createVersion(Registration place, String run, String model, Identity tag) {
        post(
                "model-versions/create",
                Map.ofEntries(
                        entry("name", place.name()),
                        entry("source", "models:/" + model),
                        entry("run_id", run),
                        entry("model_id", model),
                        entry("description", place.description()),
                        entry("tags", pairs(Map.of(tag.tag(), tag.value())))));
    }

    void setAlias(Registration place, String version) {
        post("registered-models/alias", Map.of("name", place.name(), "alias", place.alias(), "version", version));
    }

    void deleteModel(String model) {
        delete("logged-models/" + model, Map.of());
    }

    void deleteVersion(String name, String version) {
        delete("model-versions/delete", Map.of("name", name, "version", version));
    }

    private JsonNode post(String path, Map<String, ?> body) {
        String json = Json.write(body);
        return connection.askForJson("POST " + path, c -> c.sendPost(path, json));
    }

    private void delete(String path, Map<String, ?> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + "/api/2.0/mlflow/" + path))
                .header("Content-Type", "application/json")
                .method("DELETE", HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)));
        server.login().ifPresent(login -> request.header("Authorization", login.header()));
        connection.tell("DELETE " + path, c -> send(request.build()));
    }

    private static void send(HttpRequest request) {
        // HTTP/1.1: the server logs two warnings for each offer of HTTP/2.
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build()) {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw ClientErrors.answer(response.statusCode(), response.body());
            }
        } catch (IOException e) {
            throw ClientErrors.lost(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ClientErrors.lost(e);
        }
    }

    private static List<Map<String, Object>> pairs(Map<String, String> values) {
        return values.entrySet().stream()
                .map(e -> pair(e.getKey(), e.getValue()))
                .toList();
    }

    private static Map<String, Object> pair(String key, String value) {
        return Map.of("key", key, "value", value);
    }
}
