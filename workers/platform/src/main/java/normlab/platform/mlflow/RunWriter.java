package normlab.platform.mlflow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import normlab.port.TrackedRun;
import normlab.port.TrackedRun.Attachment;
import normlab.port.TrackedRun.Status;

/**
 * Brings one run on the server up to date. The fingerprint goes there behind everything but the terminal status, and
 * that last; so a run with the right fingerprint and status is whole, however often the writing was interrupted.
 */
final class RunWriter {
    private final MlflowRuns runs;
    private final ArtifactUploader uploader;

    RunWriter(MlflowRuns runs, ArtifactUploader uploader) {
        this.runs = runs;
        this.uploader = uploader;
    }

    /** @param tags all that the run should have, but for the fingerprint */
    static boolean isUpToDate(ServerRun server, TrackedRun run, Map<String, String> tags) {
        return server.status().equals(run.status().name())
                && server.tag(RunContent.PROJECTED).equals(RunContent.fingerprint(run))
                && server.tag(RunContent.PARENT_RUN).equals(tags.getOrDefault(RunContent.PARENT_RUN, ""));
    }

    /** @param tags all that the run should have, but for the fingerprint */
    void write(ServerRun server, TrackedRun run, Map<String, String> tags) {
        reopen(server, run);
        dropStaleTags(server, tags);
        if (!run.datasets().isEmpty()) {
            runs.logInputs(server.id(), run.datasets());
        }
        for (Attachment file : run.attachments()) {
            uploader.upload(server.artifactUri() + "/" + file.path(), file.bytes());
        }
        LogBatches.of(server.id(), run.params(), run.metrics(), changedTags(server, run, tags))
                .forEach(runs::log);
        if (run.status() != Status.RUNNING) {
            long end = run.endedAt().orElse(run.startedAt()).toEpochMilli();
            runs.update(server.id(), run.status().name(), end, run.name());
        }
    }

    private void reopen(ServerRun server, TrackedRun run) {
        if (server.isTerminal() || !server.name().equals(run.name())) {
            runs.update(server.id(), Status.RUNNING.name(), 0, run.name());
        }
    }

    /** Only tags of ours: a person may add others in the UI. */
    private void dropStaleTags(ServerRun server, Map<String, String> tags) {
        List<String> stale = server.tags().keySet().stream()
                .filter(t -> t.startsWith("normlab.") && !t.equals(RunContent.PROJECTED) && !tags.containsKey(t))
                .toList();
        stale.forEach(t -> runs.deleteTag(server.id(), t));
    }

    private static Map<String, String> changedTags(ServerRun server, TrackedRun run, Map<String, String> tags) {
        Map<String, String> changed = new LinkedHashMap<>(tags);
        changed.entrySet().removeIf(t -> t.getValue().equals(server.tags().get(t.getKey())));
        changed.put(RunContent.PROJECTED, RunContent.fingerprint(run));
        return changed;
    }
}
