package normlab.platform.mlflow;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import normlab.port.TrackedRun;

/**
 * The child runs of one parent, or the runs without a parent, of one experiment. The server has no unique keys, so a run
 * may be created twice; each writer searches again after it has created a run, and all keep the same one.
 */
final class ChildRuns {
    private static final Comparator<ServerRun> KEPT_FIRST =
            Comparator.comparingLong(ServerRun::startTime).thenComparing(ServerRun::id);

    private final MlflowRuns runs;
    private final String experiment;
    private final Optional<TrackedRun.Identity> parent;

    ChildRuns(MlflowRuns runs, String experiment, Optional<TrackedRun.Identity> parent) {
        this.runs = runs;
        this.experiment = experiment;
        this.parent = parent;
    }

    /** The runs on the server: one search for the children of a parent, and one for each run without a parent. */
    List<ServerRun> find(List<TrackedRun> wanted) {
        if (parent.isPresent()) {
            return runs.search(experiment, RunContent.PARENT, parent.get().value());
        }
        return wanted.stream().flatMap(r -> find(r.identity()).stream()).toList();
    }

    /** Runs without a parent; their children may carry the same tag. */
    List<ServerRun> find(TrackedRun.Identity identity) {
        return runs.search(experiment, identity.tag(), identity.value()).stream()
                .filter(r -> r.tag(RunContent.PARENT).isEmpty())
                .toList();
    }

    /** The run of that identity that all writers keep. */
    static Optional<ServerRun> kept(List<ServerRun> found, TrackedRun.Identity identity) {
        return found.stream().filter(r -> r.is(identity)).min(KEPT_FIRST);
    }

    /** Deletes all duplicates of these identities. */
    void deleteDuplicates(List<ServerRun> found, List<TrackedRun> wanted) {
        for (TrackedRun run : wanted) {
            found.stream()
                    .filter(r -> r.is(run.identity()))
                    .sorted(KEPT_FIRST)
                    .skip(1)
                    .forEach(r -> runs.delete(r.id()));
        }
    }
}
