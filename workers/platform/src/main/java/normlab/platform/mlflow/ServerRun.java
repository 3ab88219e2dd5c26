package normlab.platform.mlflow;

import java.util.HashMap;
import java.util.Map;
import normlab.port.TrackedRun;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunInfo;

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
    static ServerRun of(Run run) {
        RunInfo info = run.getInfo();
        Map<String, String> tags = new HashMap<>();
        run.getData().getTagsList().forEach(t -> tags.put(t.getKey(), t.getValue()));
        Map<String, Long> steps = new HashMap<>();
        run.getData().getMetricsList().forEach(m -> steps.put(m.getKey(), m.getStep()));
        return new ServerRun(
                info.getRunId(),
                info.getExperimentId(),
                info.getStartTime(),
                info.getStatus().name(),
                info.getRunName(),
                info.getArtifactUri(),
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
