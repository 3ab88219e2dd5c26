package normlab.platform.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import normlab.port.TrackedRun;

/** A run as the server has it. */
record ServerRun(String id, long startTime, String status, String name, String artifactUri, Map<String, String> tags) {
    static ServerRun of(JsonNode run) {
        JsonNode info = run.path("info");
        Map<String, String> tags = new HashMap<>();
        run.path("data")
                .path("tags")
                .forEach(t -> tags.put(t.path("key").asText(), t.path("value").asText()));
        return new ServerRun(
                info.path("run_id").asText(),
                info.path("start_time").asLong(),
                info.path("status").asText(),
                info.path("run_name").asText(),
                info.path("artifact_uri").asText(),
                Map.copyOf(tags));
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
}
