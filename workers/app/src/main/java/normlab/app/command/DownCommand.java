package normlab.app.command;

import java.util.concurrent.Callable;
import normlab.platform.stack.Stack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops the stack; nothing is lost. */
@Command(name = "down", description = "Stop the stack; a campaign that runs goes on at the next up.")
final class DownCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        boolean ran = new Stack(NormLab.home().stack()).down(Output.progress(spec, false)::say);
        spec.commandLine().getOut().println(ran ? "The stack is down." : "The stack was not running.");
        return ExitCode.DONE;
    }
}
