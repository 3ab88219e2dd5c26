package normlab.app.cli.machine;

import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.app.cli.ReferencePage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the reference of the command line. */
@Command(name = "reference", hidden = true, description = "Print docs/reference/command-line.md.")
public final class ReferenceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(ReferencePage.of(spec.root().commandLine()));
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
    }
}
