package normlab.app.command;

import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A bar for each trial in training and one for the campaign, at the bottom of a terminal; what is said scrolls away above
 * them. Without colours, so there is nothing for NO_COLOR to turn off.
 */
final class LiveProgress implements Progress {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final int BAR = 24;
    private static final int USUAL_COLUMNS = 80;
    /** Up one line; from the cursor to the end of the screen. */
    private static final String UP = "\033[1A";

    private static final String CLEAR = "\r\033[J";

    private final PrintStream out;
    private final int columns;
    private final Clock clock;
    private List<String> shown = List.of();

    /** @param columns of the terminal; 0 where it does not say */
    LiveProgress(PrintStream out, int columns, Clock clock) {
        this.out = out;
        this.columns = columns > 0 ? columns : USUAL_COLUMNS;
        this.clock = clock;
    }

    @Override
    public synchronized void say(String line) {
        List<String> below = shown;
        erase();
        out.println(line);
        draw(below);
    }

    @Override
    public void ended(String line) {
        say(line);
    }

    @Override
    public synchronized void show(Snapshot snapshot) {
        erase();
        draw(lines(snapshot));
    }

    /** Leaves nothing behind: what counts has been said. */
    @Override
    public synchronized void close() {
        erase();
        out.flush();
    }

    private void erase() {
        if (!shown.isEmpty()) {
            out.print(UP.repeat(shown.size()) + CLEAR);
        }
        shown = List.of();
    }

    private void draw(List<String> lines) {
        lines.forEach(out::println);
        out.flush();
        shown = lines;
    }

    List<String> lines(Snapshot snapshot) {
        int width =
                snapshot.running().stream().mapToInt(r -> r.label().length()).reduce("Campaign".length(), Math::max);
        List<String> lines = new ArrayList<>();
        snapshot.running().forEach(r -> lines.add(cut(line(r, width))));
        lines.add(cut(line(snapshot, width)));
        return lines;
    }

    private static String line(Running running, int width) {
        String head = "%s %s %d/%d"
                .formatted(padded(running.label(), width), bar(share(running)), running.epoch(), running.epochs());
        if (running.epoch() == running.epochs()) {
            return head + "  being scored";
        }
        return head
                + running.latest()
                        .map(l -> String.format(
                                Locale.ROOT,
                                "  loss %.3f  accuracy %.1f %%  %,.0f images/s  %s left",
                                l.loss(),
                                100 * l.accuracy(),
                                l.imagesPerSecond(),
                                Words.seconds(l.remaining().toSeconds())))
                        .orElse("  first epoch");
    }

    private String line(Snapshot snapshot, int width) {
        StringBuilder line = new StringBuilder("%s %s %d/%d trials"
                .formatted(
                        padded("Campaign", width),
                        bar((snapshot.ended()
                                        + snapshot.running().stream()
                                                .mapToDouble(LiveProgress::share)
                                                .sum())
                                / Math.max(1, snapshot.trials())),
                        snapshot.ended(),
                        snapshot.trials()));
        if (snapshot.cached() > 0) {
            line.append(", %d cached".formatted(snapshot.cached()));
        }
        if (snapshot.failed() > 0) {
            line.append(", %d failed".formatted(snapshot.failed()));
        }
        Optional<String> end = snapshot.remaining()
                .map(r -> "  %s left, until %s"
                        .formatted(
                                Words.seconds(r.toSeconds()),
                                TIME.format(LocalTime.now(clock).plus(r))));
        return line.append(end.orElse("")).toString();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static double share(Running running) {
        return (double) running.epoch() / running.epochs();
    }

    /** @param share in [0, 1] */
    static String bar(double share) {
        int full = (int) Math.floor(Math.min(1, share) * BAR);
        String head = full == BAR || share == 0 ? "" : ">";
        return "[" + "=".repeat(full) + head + " ".repeat(BAR - full - head.length()) + "]";
    }

    /** A line that wraps would spoil the count of lines to go up. */
    private String cut(String line) {
        return line.length() < columns ? line : line.substring(0, Math.max(0, columns - 1));
    }
}
