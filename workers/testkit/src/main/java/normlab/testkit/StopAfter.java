package normlab.testkit;

import normlab.task.TaskContext;

/** A context that asks the task to stop after so many steps: a training asks before each of them. */
public final class StopAfter implements TaskContext {
    private int left;

    public StopAfter(int steps) {
        this.left = steps;
    }

    @Override
    public boolean stopRequested() {
        return left-- <= 0;
    }

    @Override
    public boolean ended() {
        return false;
    }

    @Override
    public void log(String line) {}
}
