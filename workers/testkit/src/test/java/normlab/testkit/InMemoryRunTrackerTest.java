package normlab.testkit;

import java.util.List;
import normlab.port.RunTracker;

class InMemoryRunTrackerTest extends RunTrackerContract {
    private final InMemoryRunTracker tracker = new InMemoryRunTracker();

    @Override
    protected RunTracker tracker() {
        return tracker;
    }

    @Override
    protected List<ShownRun> shown(String experiment) {
        return tracker.shown(experiment);
    }
}
