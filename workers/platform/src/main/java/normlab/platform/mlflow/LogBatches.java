package normlab.platform.mlflow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import normlab.port.TrackedRun.MetricPoint;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.RunTag;

/**
 * Batches for {@code runs/log-batch} within the server's limits: 100 params, 100 tags and 1,000 entities in all. Tags are in
 * the last ones, in order: the server stores params, metrics and tags one after the other, so the last tag means that the
 * rest is stored. Points are sent in the order of their steps, so an interrupted curve has no gaps.
 */
final class LogBatches {
    private static final int PARAMS = 100;
    private static final int TAGS = 100;
    private static final int METRICS = 1_000 - PARAMS - TAGS;

    private LogBatches() {}

    /** What one request logs. */
    record Batch(List<Param> params, List<Metric> metrics, List<RunTag> tags) {}

    static List<Batch> of(Map<String, String> params, List<MetricPoint> metrics, Map<String, String> tags) {
        List<List<Param>> paramParts = parts(params(params), PARAMS);
        List<List<Metric>> metricParts = parts(
                metrics.stream()
                        .sorted(Comparator.comparingLong(MetricPoint::step))
                        .map(LogBatches::metric)
                        .toList(),
                METRICS);
        List<List<RunTag>> tagParts = parts(tags(tags), TAGS);
        int count = Math.max(paramParts.size(), Math.max(metricParts.size(), tagParts.size()));
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batches.add(new Batch(
                    part(paramParts, i), part(metricParts, i), part(tagParts, i - (count - tagParts.size()))));
        }
        return batches;
    }

    static List<RunTag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(e -> RunTag.newBuilder()
                        .setKey(e.getKey())
                        .setValue(e.getValue())
                        .build())
                .toList();
    }

    private static List<Param> params(Map<String, String> params) {
        return params.entrySet().stream()
                .map(e -> Param.newBuilder()
                        .setKey(e.getKey())
                        .setValue(e.getValue())
                        .build())
                .toList();
    }

    private static Metric metric(MetricPoint point) {
        return Metric.newBuilder()
                .setKey(point.key())
                .setValue(point.value())
                .setTimestamp(point.at().toEpochMilli())
                .setStep(point.step())
                .build();
    }

    private static <T> List<List<T>> parts(List<T> all, int size) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            parts.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        return parts;
    }

    private static <T> List<T> part(List<List<T>> parts, int index) {
        return index >= 0 && index < parts.size() ? parts.get(index) : List.of();
    }
}
