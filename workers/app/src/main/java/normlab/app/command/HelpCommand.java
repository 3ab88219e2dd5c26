package normlab.app.command;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code help run} is {@code run --help}: people type both. */
@Command(name = "help", hidden = true, description = "Show the help of a command.")
final class HelpCommand implements Callable<Integer> {
    @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "One of the commands.")
    private Optional<String> command = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        CommandLine all = spec.parent().commandLine();
        CommandLine asked = command.map(
                        name -> Optional.ofNullable(all.getSubcommands().get(name))
                                .orElseThrow(() -> new UnmatchedArgumentException(all, List.of(name))))
                .orElse(all);
        asked.usage(spec.commandLine().getOut());
        return ExitCode.DONE;
    }
}
