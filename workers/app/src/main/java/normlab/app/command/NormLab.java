package normlab.app.command;

import java.util.Arrays;
import normlab.app.Home;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line. Failures end with one line that says what to do; {@code -v} adds the stack trace. */
@Command(
        name = "normlab",
        description = "Batch Normalization against Complete Batch Normalization, as a reproducible pipeline.",
        mixinStandardHelpOptions = true,
        version = "normlab 0.1.0",
        subcommands = {
            RunCommand.class,
            StatusCommand.class,
            ReportCommand.class,
            RerunCommand.class,
            VerifyClaimsCommand.class,
            CancelCommand.class,
            DataCommand.class,
            UpCommand.class,
            DownCommand.class,
            SuperviseCommand.class,
            WorkCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:some trials failed",
            "2:wrong usage or configuration",
            "3:a required claim is not supported",
            "4:cancelled",
            "5:a service cannot be reached"
        })
public final class NormLab {
    @Option(
            names = {"-v", "--verbose"},
            description = "Show the stack trace of a failure.",
            scope = ScopeType.INHERIT)
    boolean verbose;

    private NormLab() {}

    static Home home() {
        return Home.current();
    }

    /** @return the exit code */
    public static int execute(String... arguments) {
        NormLab root = new NormLab();
        CommandLine line = new CommandLine(root);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("normlab: " + message(failure));
            if (root.verbose) {
                failure.printStackTrace(command.getErr());
            }
            return ExitCode.of(failure);
        });
        if (arguments.length == 0) {
            line.usage(line.getErr());
            return ExitCode.CONFIGURATION;
        }
        return line.execute(Arrays.copyOf(arguments, arguments.length));
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.toString() : message;
    }
}
