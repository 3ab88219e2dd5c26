package normlab.app.cli.machine;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs {@code help run} as {@code run --help}; picocli's own has a {@code -h} that collides with the inherited one. */
@Command(name = "help", hidden = true, description = "Show the help of a command.")
public final class HelpCommand implements Callable<Integer> {
    @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "Name of a command. Default: list all commands.")
    private Optional<String> command = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        String name = command.orElse("--help");
        return root.getSubcommands().containsKey(name) ? root.execute(name, "--help") : root.execute(name);
    }
}
