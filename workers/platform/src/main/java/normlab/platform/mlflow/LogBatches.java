package normlab.platform.mlflow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import normlab.port.TrackedRun.MetricPoint;

/**
 * Bodies of {@code runs/log-batch} within the server's limits: 100 params, 100 tags and 1,000 entities in all. Tags are in
 * the last ones, in order: the server stores params, metrics and tags one after the other, so the last tag means that the
 * rest is stored. Points are sent in the order of their steps, so an interrupted curve has no gaps.
 */
final class LogBatches {
    private static final int PARAMS = 100;
    private static final int TAGS = 100;
    private static final int METRICS = 1_000 - PARAMS - TAGS;

    private LogBatches() {}

    /** @param models ids of the models by the metrics that were measured on them */
    static List<Map<String, Object>> of(
            String run,
            Map<String, String> params,
            List<MetricPoint> metrics,
            Map<String, String> models,
            Map<String, String> tags) {
        List<List<Map<String, Object>>> paramParts = parts(pairs(params), PARAMS);
        List<List<Map<String, Object>>> metricParts = parts(
                metrics.stream()
                        .sorted(Comparator.comparingLong(MetricPoint::step))
                        .map(p -> point(p, models))
                        .toList(),
                METRICS);
        List<List<Map<String, Object>>> tagParts = parts(pairs(tags), TAGS);
        int count = Math.max(paramParts.size(), Math.max(metricParts.size(), tagParts.size()));
        List<Map<String, Object>> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batches.add(Map.of(
                    "run_id",
                    run,
                    "params",
                    part(paramParts, i),
                    "metrics",
                    part(metricParts, i),
                    "tags",
                    part(tagParts, i - (count - tagParts.size()))));
        }
        return batches;
    }

    static List<Map<String, Object>> pairs(Map<String, String> values) {
        return values.entrySet().stream()
                .map(e -> Map.<String, Object>of("key", e.getKey(), "value", e.getValue()))
                .toList();
    }

    private static Map<String, Object> point(MetricPoint point, Map<String, String> models) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("key", point.key());
        entry.put("value", point.value());
        entry.put("timestamp", point.at().toEpochMilli());
        entry.put("step", point.step());
        if (models.containsKey(point.key())) {
            entry.put("model_id", models.get(point.key()));
        }
        return entry;
    }

    private static List<List<Map<String, Object>>> parts(List<Map<String, Object>> all, int size) {
        List<List<Map<String, Object>>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            parts.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        return parts;
    }

    private static List<Map<String, Object>> part(List<List<Map<String, Object>>> parts, int index) {
        return index >= 0 && index < parts.size() ? parts.get(index) : List.of();
    }
}
