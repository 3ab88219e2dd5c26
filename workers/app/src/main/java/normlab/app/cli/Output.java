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

    /** Whether a line of this result for people is too long for their terminal. In a file or a pipe none is. */
    static boolean overflows(String text) {
        return Boolean.getBoolean("normlab.terminal.results")
                && columns() > 0
                && text.lines().anyMatch(line -> line.length() >= columns());
    }

    /** Of the terminal; 0 where it does not say. */
    static int columns() {
        return Integer.getInteger("normlab.columns", 0);
    }

    /** @param json whether the caller is a program, which wants results only */
    public static Progress progress(CommandSpec command, boolean json) {
        if (json || NormLab.of(command).quiet()) {
            return Progress.silent();
        }
        PrintStream err = System.err;
        return Boolean.getBoolean("normlab.terminal")
                ? new LiveProgress(err, columns(), Clock.systemDefaultZone())
                : new PlainProgress(err, Clock.systemUTC());
    }
}
