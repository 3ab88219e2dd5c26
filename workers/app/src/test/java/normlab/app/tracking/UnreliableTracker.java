package normlab.app.tracking;

import java.util.ArrayList;
import java.util.List;
import normlab.port.RunTracker;
import normlab.port.TrackedExperiment;
import normlab.port.TrackedRun;
import normlab.testkit.InMemoryRunTracker;

/** A tracking server in memory that can be away, and beside which something may happen. */
final class UnreliableTracker implements RunTracker {
    private final InMemoryRunTracker server = new InMemoryRunTracker();
    private final List<TrackedRun> sent = new ArrayList<>();
    private boolean away;
    private boolean refusing;
    private Runnable meanwhile = () -> {};

    void away(boolean now) {
        away = now;
    }

    void refusing(boolean now) {
        refusing = now;
    }

    /** Happens once, while the next runs are on their way. */
    void meanwhile(Runnable event) {
        meanwhile = event;
    }

    TrackedRun run(String name) {
        return server.projected().stream()
                .filter(r -> r.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    List<TrackedRun> runs() {
        return server.projected();
    }

    /** How often a run was sent. */
    long sent(String name) {
        return sent.stream().filter(r -> r.name().equals(name)).count();
    }

    @Override
    public List<String> project(List<TrackedRun> runs) {
        answer();
        Runnable event = meanwhile;
        meanwhile = () -> {};
        event.run();
        sent.addAll(runs);
        return server.project(runs);
    }

    @Override
    public String present(TrackedExperiment experiment) {
        answer();
        return server.present(experiment);
    }

    private void answer() {
        if (away) {
            throw new TrackerException("connection refused", true);
        }
        if (refusing) {
            throw new TrackerException("param seed has another value", false);
        }
    }
}
