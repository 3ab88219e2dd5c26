package normlab.app.command;

import java.io.PrintStream;

/** A line an event, for pipes and logs. */
record PlainProgress(PrintStream out) implements Progress {
    @Override
    public void say(String line) {
        out.println(line);
    }

    @Override
    public void show(Snapshot snapshot) {}

    @Override
    public void ended(String line) {
        out.println(line);
    }

    @Override
    public void close() {}
}
