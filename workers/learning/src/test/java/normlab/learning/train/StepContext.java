package normlab.learning.train;

import normlab.task.TaskContext;

/** Asked before each step; at one of them something happens. */
final class StepContext implements TaskContext {
    private final int at;
    private final Event event;
    private int steps;

    /** @return whether the task is asked to stop */
    interface Event {
        boolean happens();
    }

    private StepContext(int at, Event event) {
        this.at = at;
        this.event = event;
    }

    /** As when the process is told to end. */
    static StepContext stopBefore(int step) {
        return new StepContext(step, () -> true);
    }

    /** As when the process is killed. */
    static StepContext killBefore(int step) {
        return new StepContext(step, () -> {
            throw new KillingStore.Killed();
        });
    }

    static StepContext before(int step, Runnable event) {
        return new StepContext(step, () -> {
            event.run();
            return false;
        });
    }

    /** How many steps were taken, or asked for. */
    int steps() {
        return steps;
    }

    @Override
    public boolean stopRequested() {
        return steps++ == at && event.happens();
    }

    @Override
    public boolean ended() {
        return false;
    }

    @Override
    public void log(String line) {}
}
