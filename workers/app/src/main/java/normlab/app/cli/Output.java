package normlab.app.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.function.Consumer;
import normlab.app.progress.LiveProgress;
import normlab.app.progress.PlainProgress;
import normlab.app.progress.Progress;
import normlab.json.Json;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Where a command writes, and the option {@code --json}. Results go to standard output and progress to standard error, so
 * that standard output holds results only.
 */
public final class Output {
    @Option(names = "--json", description = "Print the result as JSON, and no progress.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /** Whether the caller is a program, which wants results only. */
    public boolean json() {
        return json;
    }

    public PrintWriter out() {
        return command.commandLine().getOut();
    }

    public PrintWriter err() {
        return command.commandLine().getErr();
    }

    /**
     * Prints a result.
     *
     * @param result a record, or a list of records
     * @param forPeople prints it where it is not to be JSON
     */
    public void print(Object result, Consumer<PrintWriter> forPeople) {
        if (json) {
            out().println(Json.tree(result));
        } else {
            forPeople.accept(out());
        }
        out().flush();
    }

    public Progress progress() {
        if (json || NormLab.of(command).quiet()) {
            return Progress.silent();
        }
        PrintStream err = System.err;
        return Boolean.getBoolean("normlab.terminal")
                ? new LiveProgress(err, columns(), Clock.systemDefaultZone())
                : new PlainProgress(err, Clock.systemUTC());
    }

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
}
