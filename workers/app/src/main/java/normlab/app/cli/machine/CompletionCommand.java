package normlab.app.cli.machine;

import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what makes a shell complete verbs and options. */
@Command(
        name = "completion",
        description = "Print a completion script for bash and zsh.",
        footerHeading = "%nFor this shell:%n",
        footer = "  source <(./normlab completion)")
public final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        // bash completes a command under the name by which it is called.
        String script = AutoComplete.bash("normlab", spec.root().commandLine());
        spec.commandLine().getOut().println(script + "\ncomplete -F _complete_normlab ./normlab");
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
    }
}
