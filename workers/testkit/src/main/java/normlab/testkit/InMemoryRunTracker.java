package normlab.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import normlab.port.RunTracker;
import normlab.port.TrackedExperiment;
import normlab.port.TrackedRun;
import normlab.port.TrackedRun.Identity;
import normlab.port.TrackedRun.MetricPoint;

/** A tracking server in a map. */
public final class InMemoryRunTracker implements RunTracker {
    private final Map<Place, TrackedRun> runs = new LinkedHashMap<>();

    @Override
    public synchronized List<String> project(List<TrackedRun> wanted) {
        List<String> links = new ArrayList<>();
        for (TrackedRun run : wanted) {
            refuseWhatNoServerShows(run);
            runs.merge(Place.of(run), run, InMemoryRunTracker::onTopOf);
            links.add("memory:/" + run.experiment() + "/" + run.identity().value());
        }
        return links;
    }

    /** Curves only grow: the point of a step that was shown before stays. */
    private static TrackedRun onTopOf(TrackedRun shown, TrackedRun wanted) {
        Map<String, Long> newest =
                shown.metrics().stream().collect(Collectors.toMap(MetricPoint::key, MetricPoint::step, Math::max));
        List<MetricPoint> points = new ArrayList<>(shown.metrics());
        wanted.metrics().stream()
                .filter(p -> p.step() > newest.getOrDefault(p.key(), Long.MIN_VALUE))
                .forEach(points::add);
        return RunLike.of(wanted).metrics(points).run();
    }

    @Override
    public String present(TrackedExperiment experiment) {
        return "memory:/" + experiment.name();
    }

    private void refuseWhatNoServerShows(TrackedRun run) {
        for (MetricPoint point : run.metrics()) {
            if (!Double.isFinite(point.value())) {
                throw new TrackerException(
                        "[run %s] metric %s is %s, expected a finite value"
                                .formatted(run.name(), point.key(), point.value()),
                        false);
            }
        }
        if (run.parent().isPresent() && parent(run).isEmpty()) {
            throw new TrackerException(
                    "[run %s] the parent %s does not exist"
                            .formatted(run.name(), run.parent().get()),
                    false);
        }
    }

    private Optional<TrackedRun> parent(TrackedRun run) {
        return run.parent()
                .flatMap(p -> runs.values().stream()
                        .filter(r -> r.experiment().equals(run.experiment())
                                && r.identity().equals(p))
                        .findFirst());
    }

    /** Everything that was projected, in its latest form. */
    public synchronized List<TrackedRun> projected() {
        return List.copyOf(runs.values());
    }

    /** The runs of an experiment as a person sees them. */
    public synchronized List<ShownRun> shown(String experiment) {
        return runs.values().stream()
                .filter(r -> r.experiment().equals(experiment))
                .map(r -> new ShownRun(
                        r.name(),
                        r.description(),
                        r.status(),
                        parent(r).map(TrackedRun::name),
                        r.params(),
                        r.tags(),
                        r.metrics().stream()
                                .distinct()
                                .collect(Collectors.groupingBy(MetricPoint::key, Collectors.summingInt(p -> 1)))))
                .toList();
    }

    private record Place(String experiment, Optional<Identity> parent, Identity identity) {
        static Place of(TrackedRun run) {
            return new Place(run.experiment(), run.parent(), run.identity());
        }
    }
}
