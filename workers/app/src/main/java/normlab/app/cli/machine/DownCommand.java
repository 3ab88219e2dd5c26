package normlab.app.cli.machine;

import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Output;
import normlab.app.config.Home;
import normlab.platform.stack.Stack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops the stack; nothing is lost. */
@Command(name = "down", description = "Stop the stack. A running campaign continues at the next `up`.")
public final class DownCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    /**
     * What {@code --json} prints.
     *
     * @param ran whether there was a stack to stop
     */
    public record Printed(boolean ran) {}

    @Override
    public Integer call() throws InterruptedException {
        boolean ran = new Stack(Home.current().stack()).down(output.progress()::say);
        output.print(new Printed(ran), out -> out.println(ran ? "The stack is down." : "The stack was not running."));
        return ExitCode.DONE;
    }
}
