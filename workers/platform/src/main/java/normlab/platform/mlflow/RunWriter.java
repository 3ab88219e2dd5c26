package normlab.platform.mlflow;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import normlab.port.TrackedModel;
import normlab.port.TrackedRun;
import normlab.port.TrackedRun.Attachment;
import normlab.port.TrackedRun.MetricPoint;
import normlab.port.TrackedRun.Status;

/**
 * Updates one run on the server. The fingerprint is written after everything else except the terminal status, which is
 * last; so a run with the right fingerprint and status is complete, however often the writing was interrupted.
 */
final class RunWriter {
    private final MlflowRuns runs;
    private final MlflowModels models;
    private final MlflowRegistry registry;
    private final ArtifactUploader uploader;

    RunWriter(MlflowRuns runs, MlflowModels models, MlflowRegistry registry, ArtifactUploader uploader) {
        this.runs = runs;
        this.models = models;
        this.registry = registry;
        this.uploader = uploader;
    }

    /** @param tags all tags of the run, except the fingerprint and the note */
    static boolean isUpToDate(ServerRun server, TrackedRun run, Map<String, String> tags) {
        return server.status().equals(run.status().name())
                && server.tag(RunContent.PROJECTED).equals(RunContent.fingerprint(run))
                && server.tag(RunContent.PARENT_RUN).equals(tags.getOrDefault(RunContent.PARENT_RUN, ""));
    }

    /** @param tags all tags of the run, except the fingerprint and the note */
    void write(ServerRun server, TrackedRun run, Map<String, String> tags) {
        reopen(server, run);
        dropStaleTags(server, tags);
        if (!run.datasets().isEmpty()) {
            runs.logInputs(server.id(), run.datasets());
        }
        for (Attachment file : run.attachments()) {
            uploader.upload(
                    server.artifactUri() + "/" + file.path(), file.content().get());
        }
        Map<String, String> modelOfMetric = models(server, run);
        List<MetricPoint> beyond = run.metrics().stream().filter(server::lacks).toList();
        LogBatches.of(run.params(), beyond, changedTags(server, run, tags))
                .forEach(batch -> runs.log(server.id(), batch, modelOfMetric));
        if (run.status() != Status.RUNNING) {
            long end = run.endedAt().orElse(run.startedAt()).toEpochMilli();
            runs.setStatus(server.id(), run.status(), end);
        }
    }

    /** Somebody may have deleted a registered model, or its version, since the run was written. */
    void restoreRegistrations(ServerRun server, TrackedRun run) {
        boolean lacking =
                run.models().stream().flatMap(m -> m.registration().stream()).anyMatch(registry::lacks);
        if (lacking) {
            models(server, run);
        }
    }

    /** @return ids of the models by the metrics that were measured on them */
    private Map<String, String> models(ServerRun server, TrackedRun run) {
        Map<String, String> modelOfMetric = new HashMap<>();
        long step = run.metrics().stream().mapToLong(MetricPoint::step).max().orElse(0);
        for (TrackedModel model : run.models()) {
            String id = models.ensure(server, model);
            models.output(server, id, step);
            model.registration().ifPresent(place -> registry.register(place, server.id(), id, model.identity()));
            model.metrics().forEach(key -> modelOfMetric.put(key, id));
        }
        return modelOfMetric;
    }

    private void reopen(ServerRun server, TrackedRun run) {
        if (server.isTerminal()) {
            runs.setStatus(server.id(), Status.RUNNING, 0);
        }
        if (!server.name().equals(run.name())) {
            runs.rename(server.id(), run.name());
        }
    }

    /** Only our own tags: users may add others in the UI. */
    private void dropStaleTags(ServerRun server, Map<String, String> tags) {
        List<String> stale = server.tags().keySet().stream()
                .filter(t -> t.startsWith("normlab.") && !t.equals(RunContent.PROJECTED) && !tags.containsKey(t))
                .toList();
        stale.forEach(t -> runs.deleteTag(server.id(), t));
    }

    private static Map<String, String> changedTags(ServerRun server, TrackedRun run, Map<String, String> tags) {
        Map<String, String> changed = new LinkedHashMap<>(tags);
        changed.put(RunContent.NOTE, Notes.of(run, server));
        changed.entrySet().removeIf(t -> t.getValue().equals(server.tags().get(t.getKey())));
        changed.put(RunContent.PROJECTED, RunContent.fingerprint(run));
        return changed;
    }
}
