package normlab.app.progress;

import normlab.task.TaskContext;

/** Lets the command line do a task's work itself: what the task says, a person reads; a stop is an interrupt. */
public record ProgressContext(Progress progress) implements TaskContext {
    @Override
    public boolean stopRequested() {
        return Thread.currentThread().isInterrupted();
    }

    @Override
    public boolean ended() {
        return false;
    }

    @Override
    public void log(String line) {
        progress.say(line);
    }
}
