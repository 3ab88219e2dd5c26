package normlab.platform.mlflow;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import normlab.port.TrackedRun;

/**
 * The runs below one parent, or those without one, in one experiment. The server knows no unique key, so two creations
 * of the same run make two; whoever creates looks again afterwards, and everybody keeps the same one of them.
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

    /** What the server has of these runs: one search for the children of a parent, one a run without a parent. */
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

    /** The run of that identity that everybody keeps. */
    static Optional<ServerRun> kept(List<ServerRun> found, TrackedRun.Identity identity) {
        return found.stream().filter(r -> r.is(identity)).min(KEPT_FIRST);
    }

    /** Deletes all others of these identities. */
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
