package normlab.app.progress;

import java.io.PrintStream;

/** A line an event, for pipes and logs; with each ended trial, how long the others take. */
public final class PlainProgress implements Progress {
    private final PrintStream out;
    private int told;

    public PlainProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void say(String line) {
        out.println(line);
    }

    @Override
    public void show(Snapshot snapshot) {
        if (snapshot.ended() > told && snapshot.ended() < snapshot.trials()) {
            snapshot.remaining()
                    .ifPresent(r -> out.printf(
                            "%d/%d trials, about %s left%n",
                            snapshot.ended(), snapshot.trials(), Durations.seconds(r.toSeconds())));
        }
        told = snapshot.ended();
    }

    @Override
    public void ended(String line) {
        out.println(line);
    }

    @Override
    public void close() {}
}
