package normlab.app.command;

import java.io.PrintStream;

/** Where progress goes: to standard error, so that standard output holds results only. */
final class Output {
    private Output() {}

    /** @param quiet whether the caller wants results only */
    static Progress progress(boolean quiet) {
        if (quiet) {
            return Progress.silent();
        }
        PrintStream err = System.err;
        return Boolean.getBoolean("normlab.terminal") ? new BarProgress(err) : new PlainProgress(err);
    }
}
