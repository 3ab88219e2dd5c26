package normlab.dataset;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import normlab.task.TaskContext;

/** A context that keeps what it is told, and asks to stop after so many questions. */
class Diary implements TaskContext {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private int questionsLeft;

    Diary() {
        this(Integer.MAX_VALUE);
    }

    Diary(int questionsBeforeStop) {
        this.questionsLeft = questionsBeforeStop;
    }

    @Override
    public boolean stopRequested() {
        return questionsLeft-- <= 0;
    }

    @Override
    public boolean ended() {
        return false;
    }

    @Override
    public void log(String line) {
        lines.add(line);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
