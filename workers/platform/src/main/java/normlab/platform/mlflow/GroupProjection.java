package normlab.platform.mlflow;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import normlab.port.TrackedRun;
import normlab.port.TrackedRun.Identity;

/** Updates the child runs of one parent, or the runs without a parent. */
final class GroupProjection {
    private static final int ATTEMPTS = 3;

    private final MlflowRuns runs;
    private final RunWriter writer;
    private final ChildRuns siblings;
    private final String experiment;
    private final Optional<ServerRun> parent;

    GroupProjection(
            MlflowRuns runs, RunWriter writer, ChildRuns siblings, String experiment, Optional<ServerRun> parent) {
        this.runs = runs;
        this.writer = writer;
        this.siblings = siblings;
        this.experiment = experiment;
        this.parent = parent;
    }

    /** Starts again if another writer has deleted a run of ours as a duplicate in the meantime. */
    Map<Identity, ServerRun> project(Collection<TrackedRun> wanted) {
        List<TrackedRun> runs = List.copyOf(wanted);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Map<Identity, ServerRun> shown = ensure(runs);
            if (shown.size() == runs.size() && write(runs, shown)) {
                return shown;
            }
        }
        throw new MlflowRefusal(
                "other writers kept deleting runs such as %s while they were projected; let only one process project a campaign"
                        .formatted(runs.getFirst().name()),
                0,
                "");
    }

    private Map<Identity, ServerRun> ensure(List<TrackedRun> wanted) {
        List<ServerRun> found = siblings.find(wanted);
        List<ServerRun> before = found;
        List<TrackedRun> missing = wanted.stream()
                .filter(r -> ChildRuns.kept(before, r.identity()).isEmpty())
                .toList();
        Parallel.each(missing, this::create);
        if (!missing.isEmpty()) {
            found = siblings.find(wanted);
        }
        siblings.deleteDuplicates(found, wanted);
        Map<Identity, ServerRun> shown = new LinkedHashMap<>();
        for (TrackedRun run : wanted) {
            ChildRuns.kept(found, run.identity()).ifPresent(s -> shown.put(run.identity(), s));
        }
        return shown;
    }

    private void create(TrackedRun run) {
        runs.create(experiment, run.name(), run.startedAt().toEpochMilli(), RunContent.tags(run, parent));
    }

    /** @return whether all runs are still there */
    private boolean write(List<TrackedRun> wanted, Map<Identity, ServerRun> shown) {
        Set<Identity> gone = ConcurrentHashMap.newKeySet();
        Parallel.each(wanted, run -> {
            ServerRun server = shown.get(run.identity());
            if (server == null || !written(server, run)) {
                gone.add(run.identity());
            }
        });
        return gone.isEmpty();
    }

    private boolean written(ServerRun server, TrackedRun run) {
        Map<String, String> tags = RunContent.tags(run, parent);
        try {
            if (RunWriter.isUpToDate(server, run, tags)) {
                writer.restoreRegistrations(server, run);
            } else {
                writer.write(server, run, tags);
            }
            return true;
        } catch (MlflowRefusal refusal) {
            if (refusal.isAnswer() && runs.isDeleted(server.id())) {
                return false;
            }
            throw refusal.about("run " + run.name());
        }
    }
}
