package normlab.platform.mlflow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.json.Problems;
import normlab.port.TrackedRun;
import normlab.port.TrackedRun.Attachment;
import normlab.port.TrackedRun.MetricPoint;
import normlab.provenance.Sha256;

/** Computes the tags and the fingerprint of a run, and rejects what the server would silently change. */
final class RunContent {
    /** SHA-256 of what was last projected onto the run. */
    static final String PROJECTED = "normlab.projected";
    /** The identity of the parent, by which the children of one parent are found. */
    static final String PARENT = "normlab.parent";

    /** The id of the parent run, by which the UI nests runs. */
    static final String PARENT_RUN = "mlflow.parentRunId";

    /** Markdown that the UI shows above a run. */
    static final String NOTE = "mlflow.note.content";

    private static final int MAX_PARAM = 6_000;
    private static final int MAX_TAG = 8_000;
    private static final String SAFE_IDENTITY = "[^'\"`\\\\]+";

    private RunContent() {}

    /** Equal for equal runs; any change of any byte changes it. */
    static String fingerprint(TrackedRun run) {
        TrackedRun light = new TrackedRun(
                run.experiment(),
                run.identity(),
                run.parent(),
                run.name(),
                run.description(),
                run.status(),
                run.startedAt(),
                run.endedAt(),
                run.params(),
                run.tags(),
                run.metrics(),
                run.datasets(),
                List.of(),
                List.of());
        return Sha256.of(Json.bytes(List.of(
                light,
                files(run.attachments()),
                run.models().stream()
                        .map(m -> List.of(
                                m.identity(),
                                m.name(),
                                m.type(),
                                m.params(),
                                m.metrics(),
                                files(m.files()),
                                m.registration()))
                        .toList())));
    }

    private static List<List<String>> files(List<Attachment> files) {
        return files.stream().map(f -> List.of(f.path(), f.version())).toList();
    }

    /** All tags except {@link #PROJECTED} and the note. */
    static Map<String, String> tags(TrackedRun run, Optional<ServerRun> parent) {
        Map<String, String> tags = new LinkedHashMap<>(run.tags());
        tags.put(run.identity().tag(), run.identity().value());
        run.parent().ifPresent(p -> tags.put(PARENT, p.value()));
        parent.ifPresent(p -> tags.put(PARENT_RUN, p.id()));
        return tags;
    }

    /**
     * The server truncates long texts silently, and its UI hides a metric whose last value is NaN.
     *
     * @throws InvalidInputException with all problems
     */
    static void check(TrackedRun run) {
        Problems problems = new Problems();
        problems.check(
                (run.identity().tag() + run.identity().value()).matches(SAFE_IDENTITY),
                "identity %s has a quote or a backslash".formatted(run.identity()));
        problems.check(
                run.description().length() <= MAX_TAG,
                "description has %d characters, at most %d are shown"
                        .formatted(run.description().length(), MAX_TAG));
        run.params()
                .forEach((k, v) -> problems.check(
                        v.length() <= MAX_PARAM,
                        "param %s has %d characters, expected at most %d".formatted(k, v.length(), MAX_PARAM)));
        run.tags()
                .forEach((k, v) -> problems.check(
                        v.length() <= MAX_TAG,
                        "tag %s has %d characters, expected at most %d".formatted(k, v.length(), MAX_TAG)));
        for (MetricPoint point : run.metrics()) {
            problems.check(
                    Double.isFinite(point.value()),
                    "metric %s is %s at step %d, expected a finite value: stop the curve there and log that it diverged"
                            .formatted(point.key(), point.value(), point.step()));
        }
        problems.throwIfAny("run " + run.name());
    }
}
