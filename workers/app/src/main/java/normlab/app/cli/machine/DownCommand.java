package normlab.app.cli.machine;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Output;
import normlab.app.config.Home;
import normlab.json.Json;
import normlab.platform.stack.Stack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Stops the stack; nothing is lost. */
@Command(name = "down", description = "Stop the stack. A running campaign continues at the next `up`.")
public final class DownCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print the result as a JSON object, and no progress.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * What {@code --json} prints.
     *
     * @param ran whether there was a stack to stop
     */
    public record Printed(boolean ran) {}

    @Override
    public Integer call() throws InterruptedException {
        boolean ran = new Stack(Home.current().stack()).down(Output.progress(spec, json)::say);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.tree(new Printed(ran)));
        } else {
            out.println(ran ? "The stack is down." : "The stack was not running.");
        }
        out.flush();
        return ExitCode.DONE;
    }
}
