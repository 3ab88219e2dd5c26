package normlab.platform.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import normlab.json.Json;
import normlab.port.TrackedRun.DatasetInput;

/** Runs on the server; each method is one request. */
final class MlflowRuns {
    private static final int PAGE = 500;

    private final MlflowRest rest;

    MlflowRuns(MlflowRest rest) {
        this.rest = rest;
    }

    /** All runs of the experiment with the tag that are not deleted. */
    List<ServerRun> search(String experiment, String tag, String value) {
        List<ServerRun> found = new ArrayList<>();
        Map<String, Object> body = new HashMap<>(Map.of(
                "experiment_ids",
                List.of(experiment),
                "filter",
                "tags.`%s` = '%s'".formatted(tag, value),
                "run_view_type",
                "ACTIVE_ONLY",
                "max_results",
                PAGE));
        String next;
        do {
            JsonNode page = rest.post("runs/search", body);
            page.path("runs").forEach(r -> found.add(ServerRun.of(r)));
            next = page.path("next_page_token").asText("");
            body.put("page_token", next);
        } while (!next.isEmpty());
        return found;
    }

    ServerRun create(String experiment, String name, long startMillis, Map<String, String> tags) {
        return ServerRun.of(rest.post(
                        "runs/create",
                        Map.of(
                                "experiment_id",
                                experiment,
                                "run_name",
                                name,
                                "start_time",
                                startMillis,
                                "tags",
                                LogBatches.pairs(tags)))
                .path("run"));
    }

    /** @param endMillis 0 for a run that has not ended */
    void update(String run, String status, long endMillis, String name) {
        rest.post("runs/update", Map.of("run_id", run, "status", status, "end_time", endMillis, "run_name", name));
    }

    void log(Map<String, Object> batch) {
        rest.post("runs/log-batch", batch);
    }

    void logInputs(String run, List<DatasetInput> datasets) {
        List<Map<String, Object>> inputs = datasets.stream()
                .map(d -> Map.<String, Object>of(
                        "tags",
                        List.of(Map.of("key", "mlflow.data.context", "value", d.context())),
                        "dataset",
                        Map.of(
                                "name",
                                d.name(),
                                "digest",
                                d.digest(),
                                "source_type",
                                "s3",
                                "source",
                                Json.write(Map.of("uri", d.source())),
                                "profile",
                                d.profile())))
                .toList();
        rest.post("runs/log-inputs", Map.of("run_id", run, "datasets", inputs));
    }

    void deleteTag(String run, String tag) {
        rest.post("runs/delete-tag", Map.of("run_id", run, "key", tag));
    }

    void delete(String run) {
        rest.post("runs/delete", Map.of("run_id", run));
    }

    boolean isDeleted(String run) {
        return rest.get("runs/get", Map.of("run_id", run))
                .path("run")
                .path("info")
                .path("lifecycle_stage")
                .asText()
                .equals("deleted");
    }
}
