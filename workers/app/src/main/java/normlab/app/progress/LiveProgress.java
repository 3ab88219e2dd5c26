package normlab.app.progress;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A bar for each trial in training and one for the campaign, at the bottom of a terminal; what is said scrolls away above
 * them. Without colours, so there is nothing for NO_COLOR to turn off.
 */
public final class LiveProgress implements Progress {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);
    /** From the one for a wide terminal to the one for a narrow one: what matters most is how long it takes. */
    private static final List<Layout> LAYOUTS = List.of(
            new Layout(24, "images/s", " trials"),
            new Layout(16, "images/s", " trials"),
            new Layout(8, "img/s", ""),
            new Layout(8, "", ""));

    private static final int USUAL_COLUMNS = 80;
    /** Up one line; from the cursor to the end of the screen. */
    private static final String UP = "\033[1A";

    private static final String CLEAR = "\r\033[J";

    private final PrintStream out;
    private final int columns;
    private final Clock clock;
    private List<String> shown = List.of();
    /** What was too wide once is not tried again: bars that change their length with a digit are hard to read. */
    private int layout;

    /**
     * @param bar characters of a whole one
     * @param speed its unit; empty where there is no room for it
     * @param trials the word after their count, likewise
     */
    private record Layout(int bar, String speed, String trials) {}

    /** @param columns of the terminal; 0 where it does not say */
    public LiveProgress(PrintStream out, int columns, Clock clock) {
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

    /** Leaves nothing on the screen: what matters has been printed. */
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
        int label =
                snapshot.running().stream().mapToInt(r -> r.label().length()).reduce("Campaign".length(), Math::max);
        List<String> lines = lines(snapshot, label, LAYOUTS.get(layout));
        while (layout < LAYOUTS.size() - 1 && lines.stream().anyMatch(line -> line.length() >= columns)) {
            layout++;
            lines = lines(snapshot, label, LAYOUTS.get(layout));
        }
        snapshot.waitsFor().ifPresent(lines::add);
        return lines.stream().map(this::cut).toList();
    }

    private List<String> lines(Snapshot snapshot, int label, Layout layout) {
        List<String> lines = new ArrayList<>();
        snapshot.running().forEach(r -> lines.add(line(r, label, layout)));
        if (snapshot.trials() > 0) {
            lines.add(line(snapshot, label, layout));
        }
        return lines;
    }

    private static String line(Running running, int label, Layout layout) {
        String head = "%s %s %d/%d"
                .formatted(
                        padded(running.label(), label),
                        bar(share(running), layout.bar()),
                        running.epoch(),
                        running.epochs());
        if (running.epoch() == running.epochs()) {
            return head + "  being scored";
        }
        return head + running.latest().map(l -> latest(l, layout)).orElse("  first epoch");
    }

    private static String latest(Latest latest, Layout layout) {
        return String.format(Locale.ROOT, "  loss %.3f  acc %.1f %%", latest.loss(), 100 * latest.accuracy())
                + (layout.speed().isEmpty()
                        ? ""
                        : String.format(Locale.ROOT, "  %,.0f %s", latest.imagesPerSecond(), layout.speed()))
                + "  %s left".formatted(Durations.seconds(latest.remaining().toSeconds()));
    }

    private String line(Snapshot snapshot, int label, Layout layout) {
        double running =
                snapshot.running().stream().mapToDouble(LiveProgress::share).sum();
        StringBuilder line = new StringBuilder("%s %s %d/%d%s"
                .formatted(
                        padded("Campaign", label),
                        bar((snapshot.ended() + running) / Math.max(1, snapshot.trials()), layout.bar()),
                        snapshot.ended(),
                        snapshot.trials(),
                        layout.trials()));
        if (snapshot.cached() > 0) {
            line.append(", %d cached".formatted(snapshot.cached()));
        }
        if (snapshot.failed() > 0) {
            line.append(", %d failed".formatted(snapshot.failed()));
        }
        return line.append(snapshot.remaining().map(this::end).orElse("")).toString();
    }

    private String end(Duration remaining) {
        LocalDateTime now = LocalDateTime.now(clock);
        LocalDateTime end = now.plus(remaining);
        boolean today = end.toLocalDate().equals(now.toLocalDate());
        return "  %s left, until %s"
                .formatted(Durations.seconds(remaining.toSeconds()), (today ? TIME : DAY_AND_TIME).format(end));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static double share(Running running) {
        return (double) running.epoch() / running.epochs();
    }

    /** @param share in [0, 1] */
    static String bar(double share, int length) {
        int full = (int) Math.floor(Math.min(1, share) * length);
        String head = full == length || share == 0 ? "" : ">";
        return "[" + "=".repeat(full) + head + " ".repeat(length - full - head.length()) + "]";
    }

    /** A line that wraps would spoil the count of lines to go up. */
    private String cut(String line) {
        return line.length() < columns ? line : line.substring(0, Math.max(0, columns - 1));
    }
}
