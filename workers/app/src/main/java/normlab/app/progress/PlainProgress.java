package normlab.app.progress;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/**
 * A line an event, for pipes and logs; with each ended trial, how long the others take. While nothing happens, a line every
 * ten seconds says what is in training or waited for.
 */
public final class PlainProgress implements Progress {
    /** Looks are two seconds apart, so no pause is longer than ten. */
    private static final Duration SILENCE = Duration.ofSeconds(8);

    private final PrintStream out;
    private final Clock clock;
    private Instant spoken;
    private int told;

    public PlainProgress(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
        this.spoken = clock.instant();
    }

    @Override
    public synchronized void say(String line) {
        out.println(line);
        spoken = clock.instant();
    }

    @Override
    public void ended(String line) {
        say(line);
    }

    @Override
    public synchronized void show(Snapshot snapshot) {
        boolean news = snapshot.ended() > told && snapshot.ended() < snapshot.trials();
        boolean silent = !clock.instant().isBefore(spoken.plus(SILENCE));
        told = snapshot.ended();
        if (silent) {
            String line = line(snapshot);
            if (!line.isEmpty()) {
                say(line);
            }
        } else if (news && snapshot.remaining().isPresent()) {
            say(counted(snapshot) + left(snapshot));
        }
    }

    private static String line(Snapshot snapshot) {
        if (snapshot.running().isEmpty()) {
            return (snapshot.trials() == 0 ? "" : counted(snapshot) + "; ")
                    + snapshot.waitsFor().orElse("");
        }
        String running = snapshot.running().stream().map(PlainProgress::line).collect(Collectors.joining(", "));
        return counted(snapshot) + "; " + running + left(snapshot);
    }

    private static String line(Running trial) {
        if (trial.epoch() == trial.epochs()) {
            return trial.label() + " is being scored";
        }
        return "%s is in epoch %d/%d".formatted(trial.label(), trial.epoch() + 1, trial.epochs());
    }

    private static String counted(Snapshot snapshot) {
        return "%d/%d trials".formatted(snapshot.ended(), snapshot.trials());
    }

    private static String left(Snapshot snapshot) {
        return snapshot.remaining()
                .map(r -> ", about %s left".formatted(Durations.seconds(r.toSeconds())))
                .orElse("");
    }

    @Override
    public void close() {}
}
