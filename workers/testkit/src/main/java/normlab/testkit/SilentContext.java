package normlab.testkit;

import normlab.task.TaskContext;

/** A context that never asks the task to stop. */
public final class SilentContext implements TaskContext {
    @Override
    public boolean stopRequested() {
        return false;
    }

    @Override
    public boolean ended() {
        return false;
    }

    @Override
    public void log(String line) {}
}
