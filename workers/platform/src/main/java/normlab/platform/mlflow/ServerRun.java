package normlab.platform.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import normlab.port.TrackedRun;

/**
 * A run on the server.
 *
 * @param experiment id
 * @param steps the last step of each metric
 */
record ServerRun(
        String id,
        String experiment,
        long startTime,
        String status,
        String name,
        String artifactUri,
        Map<String, String> tags,
        Map<String, Long> steps) {
    static ServerRun of(JsonNode run) {
        JsonNode info = run.path("info");
        Map<String, String> tags = new HashMap<>();
        run.path("data")
                .path("tags")
                .forEach(t -> tags.put(t.path("key").asText(), t.path("value").asText()));
        Map<String, Long> steps = new HashMap<>();
        run.path("data")
                .path("metrics")
                .forEach(m -> steps.put(m.path("key").asText(), m.path("step").asLong()));
        return new ServerRun(
                info.path("run_id").asText(),
                info.path("experiment_id").asText(),
                info.path("start_time").asLong(),
                info.path("status").asText(),
                info.path("run_name").asText(),
                info.path("artifact_uri").asText(),
                Map.copyOf(tags),
                Map.copyOf(steps));
    }

    boolean isTerminal() {
        return !status.equals("RUNNING");
    }

    boolean is(TrackedRun.Identity identity) {
        return identity.value().equals(tags.get(identity.tag()));
    }

    String tag(String name) {
        return tags.getOrDefault(name, "");
    }

    /** Whether the point comes after the last one of its metric: existing points are never changed. */
    boolean lacks(TrackedRun.MetricPoint point) {
        Long newest = steps.get(point.key());
        return newest == null || newest < point.step();
    }
}
