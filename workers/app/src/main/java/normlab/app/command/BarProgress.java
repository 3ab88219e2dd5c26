package normlab.app.command;

import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar for the campaign on a terminal, with the trials in training behind it. It advances by epochs. */
final class BarProgress implements Progress {
    private final PrintStream out;
    private Optional<ProgressBar> bar = Optional.empty();

    BarProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void say(String line) {
        out.println(line);
    }

    @Override
    public void show(Snapshot snapshot) {
        if (snapshot.epochs() == 0) {
            return;
        }
        if (bar.isEmpty()) {
            bar = Optional.of(start(snapshot));
        }
        ProgressBar shown = bar.get();
        shown.stepTo(snapshot.epochsDone());
        String failed = snapshot.failed() == 0 ? "" : ", " + snapshot.failed() + " failed";
        shown.setExtraMessage(" %d/%d trials%s  %s"
                .formatted(snapshot.complete(), snapshot.trials(), failed, String.join(" | ", snapshot.running())));
    }

    private ProgressBar start(Snapshot snapshot) {
        return new ProgressBarBuilder()
                .setTaskName("Training")
                .setInitialMax(snapshot.epochs())
                .setUnit(" epochs", 1)
                .setSpeedUnit(ChronoUnit.MINUTES)
                .setUpdateIntervalMillis(500)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(out))
                .build();
    }

    @Override
    public void ended(String line) {}

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
