package normlab.app.cli;

import java.io.PrintStream;
import java.time.Clock;
import normlab.app.progress.LiveProgress;
import normlab.app.progress.PlainProgress;
import normlab.app.progress.Progress;
import picocli.CommandLine.Model.CommandSpec;

/** Where progress goes: to standard error, so that standard output holds results only. */
public final class Output {
    private Output() {}

    /** A result for people, as wide as their terminal; as it is where it goes into a file or a pipe. */
    static String readable(String text) {
        int columns = Integer.getInteger("normlab.columns", 0);
        return Boolean.getBoolean("normlab.terminal.results") && columns > 0 ? NarrowText.of(text, columns) : text;
    }

    /** @param json whether the caller is a program, which wants results only */
    public static Progress progress(CommandSpec command, boolean json) {
        if (json || NormLab.of(command).quiet()) {
            return Progress.silent();
        }
        PrintStream err = System.err;
        return Boolean.getBoolean("normlab.terminal")
                ? new LiveProgress(err, Integer.getInteger("normlab.columns", 0), Clock.systemDefaultZone())
                : new PlainProgress(err);
    }
}
