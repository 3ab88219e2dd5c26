package normlab.testkit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.port.TrackedModel;
import normlab.port.TrackedRun;
import normlab.port.TrackedRun.MetricPoint;
import normlab.port.TrackedRun.Status;

/** A copy of a run with some values changed. */
public final class RunLike {
    private final TrackedRun other;
    private String name;
    private String description;
    private Status status;
    private Optional<Instant> endedAt;
    private Map<String, String> params;
    private Map<String, String> tags;
    private List<MetricPoint> metrics;
    private List<TrackedModel> models;

    private RunLike(TrackedRun other) {
        this.other = other;
        this.name = other.name();
        this.description = other.description();
        this.status = other.status();
        this.endedAt = other.endedAt();
        this.params = other.params();
        this.tags = other.tags();
        this.metrics = other.metrics();
        this.models = other.models();
    }

    public static RunLike of(TrackedRun other) {
        return new RunLike(other);
    }

    public RunLike name(String text) {
        name = text;
        return this;
    }

    public RunLike description(String text) {
        description = text;
        return this;
    }

    /** A finished run ends a minute after {@link TrackedRuns#START}. */
    public RunLike status(Status value) {
        status = value;
        endedAt = value == Status.RUNNING ? Optional.empty() : Optional.of(TrackedRuns.START.plusSeconds(60));
        return this;
    }

    public RunLike params(Map<String, String> values) {
        params = values;
        return this;
    }

    public RunLike tags(Map<String, String> values) {
        tags = values;
        return this;
    }

    public RunLike metrics(List<MetricPoint> points) {
        metrics = points;
        return this;
    }

    public RunLike model(TrackedModel model) {
        models = List.of(model);
        return this;
    }

    public TrackedRun run() {
        return new TrackedRun(
                other.experiment(),
                other.identity(),
                other.parent(),
                name,
                description,
                status,
                other.startedAt(),
                endedAt,
                params,
                tags,
                metrics,
                other.datasets(),
                other.attachments(),
                models);
    }
}
