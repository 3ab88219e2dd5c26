package normlab.platform.mlflow;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import normlab.json.InvalidInputException;
import normlab.port.RunTracker;
import normlab.port.StoreException;
import normlab.port.TrackedExperiment;
import normlab.port.TrackedRun;
import normlab.port.TrackedRun.Identity;

/**
 * Projects runs onto an MLflow 3 server. A run is found by the tag of its identity, below its parent. A run that is up to
 * date costs no request of its own, so a second projection of a whole campaign is two searches.
 *
 * <p>Params are written once: the server rejects another value. Metric points are only added, at steps after the last
 * one. A run that ended at an unknown time is shown as ended when it started.
 */
public final class MlflowTracker implements RunTracker, AutoCloseable {
    static final String VIEW = "?workflowType=machine_learning";

    private final URI base;
    private final MlflowConnection connection;
    private final MlflowExperiments experiments;
    private final MlflowRuns runs;
    private final RunWriter writer;

    /**
     * Opens no connection yet.
     *
     * @param uploader gets each attachment with its address below the artifact root of the run, for example
     *     {@code S3ArtifactStore::upload}
     */
    public MlflowTracker(MlflowServer server, ArtifactUploader uploader) {
        this(server, uploader, MlflowConnection.DEADLINE);
    }

    /** @param deadline of each call to the server */
    MlflowTracker(MlflowServer server, ArtifactUploader uploader, Duration deadline) {
        this.base = server.ui();
        this.connection = new MlflowConnection(server, deadline);
        UnsupportedEndpoints unsupported = new UnsupportedEndpoints(connection, server);
        this.experiments = new MlflowExperiments(connection);
        this.runs = new MlflowRuns(connection, unsupported);
        this.writer = new RunWriter(
                runs, new MlflowModels(unsupported, uploader), new MlflowRegistry(connection, unsupported), uploader);
    }

    @Override
    public List<String> project(List<TrackedRun> wanted) {
        return asking(() -> {
            wanted.forEach(RunContent::check);
            Map<Group, ShownGroup> shown = new LinkedHashMap<>();
            groups(wanted).forEach((group, members) -> shown.put(group, project(group, members, shown)));
            return wanted.stream().map(r -> runLink(r, shown)).toList();
        });
    }

    /** Of two runs of the same identity in one group the later one counts. */
    private static Map<Group, Map<Identity, TrackedRun>> groups(List<TrackedRun> wanted) {
        Map<Group, Map<Identity, TrackedRun>> groups = new LinkedHashMap<>();
        for (TrackedRun run : wanted) {
            groups.computeIfAbsent(Group.of(run), g -> new LinkedHashMap<>()).put(run.identity(), run);
        }
        return groups;
    }

    private ShownGroup project(Group group, Map<Identity, TrackedRun> members, Map<Group, ShownGroup> before) {
        String experiment = before.entrySet().stream()
                .filter(e -> e.getKey().experiment().equals(group.experiment()))
                .map(e -> e.getValue().experiment())
                .findFirst()
                .orElseGet(() -> experiments.ensure(group.experiment()));
        Optional<ServerRun> parent = group.parent().map(p -> parent(experiment, p, before));
        ChildRuns siblings = new ChildRuns(runs, experiment, group.parent());
        GroupProjection projection = new GroupProjection(runs, writer, siblings, experiment, parent);
        return new ShownGroup(experiment, projection.project(members.values()));
    }

    private ServerRun parent(String experiment, Identity parent, Map<Group, ShownGroup> before) {
        return before.values().stream()
                .filter(g -> g.experiment().equals(experiment))
                .flatMap(g -> Optional.ofNullable(g.runs().get(parent)).stream())
                .findFirst()
                .or(() -> ChildRuns.kept(new ChildRuns(runs, experiment, Optional.empty()).find(parent), parent))
                .orElseThrow(() -> new MlflowRefusal(
                        "the parent %s is not on the server; project it before its children".formatted(parent), 0, ""));
    }

    /**
     * The address of the list of runs of an experiment, which is created if necessary.
     *
     * @throws TrackerException if the server cannot be reached or rejects the request
     */
    public String experimentLink(String experiment) {
        return asking(() -> "%s/#/experiments/%s/runs%s".formatted(base, experiments.ensure(experiment), VIEW));
    }

    @Override
    public String present(TrackedExperiment experiment) {
        return asking(() -> {
            String id = experiments.ensure(experiment.name());
            experiments.tag(
                    experiment.name(),
                    Map.of(
                            RunContent.NOTE,
                            experiment.description(),
                            "mlflow.experimentKind",
                            "custom_model_development",
                            ChartView.TAG,
                            ChartView.value(experiment)));
            return charts(id);
        });
    }

    /**
     * The address of the charts of an experiment as {@link #present} has prepared them.
     *
     * @throws TrackerException if the server cannot be reached or rejects the request
     */
    public String chartsLink(String experiment) {
        return asking(() -> charts(experiments.ensure(experiment)));
    }

    private String charts(String id) {
        return "%s/#/experiments/%s/runs%s&compareRunsMode=CHART&viewStateShareKey=%s"
                .formatted(base, id, VIEW, ChartView.KEY);
    }

    private String runLink(TrackedRun run, Map<Group, ShownGroup> shown) {
        ShownGroup group = Objects.requireNonNull(shown.get(Group.of(run)));
        ServerRun server = Objects.requireNonNull(group.runs().get(run.identity()));
        return "%s/#/experiments/%s/runs/%s%s".formatted(base, group.experiment(), server.id(), VIEW);
    }

    private static <T> T asking(Supplier<T> question) {
        try {
            return question.get();
        } catch (MlflowRefusal | InvalidInputException | StoreException failure) {
            throw new TrackerException(String.valueOf(failure.getMessage()), isPassing(failure), failure);
        }
    }

    private static boolean isPassing(RuntimeException failure) {
        return switch (failure) {
            case MlflowRefusal refusal -> !refusal.isForGood();
            case StoreException store -> store.retryable();
            default -> false;
        };
    }

    @Override
    public void close() {
        connection.close();
    }

    /** Runs that one search finds. */
    private record Group(String experiment, Optional<Identity> parent) {
        static Group of(TrackedRun run) {
            return new Group(run.experiment(), run.parent());
        }
    }

    /** @param experiment its id on the server */
    private record ShownGroup(String experiment, Map<Identity, ServerRun> runs) {
        ShownGroup {
            runs = Map.copyOf(runs);
        }
    }
}
