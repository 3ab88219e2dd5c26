package normlab.app.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line. Failures end with a line that says what to do; {@code -v} adds the stack trace. */
@Command(
        name = "normlab",
        commandListHeading = "",
        description = "Benchmarks Batch Normalization against Complete Batch Normalization, reproducibly.",
        version = "normlab 0.1.0",
        footerHeading = "%nThe first campaign:%n",
        footer = {
            "  ./normlab run smoke         a few seconds of training, to check that everything works",
            "  ./normlab run quick         the benchmark on a subset of Fashion-MNIST",
            "  ./normlab run --help        options and examples of a command",
            "%nBenchmarks: ./normlab bench --help, ./normlab parity --help"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:some trials failed, or compared results differ",
            "2:wrong arguments or configuration",
            "3:a required claim is not supported",
            "4:cancelled",
            "5:a service cannot be reached"
        })
public final class NormLab {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.",
            scope = ScopeType.INHERIT)
    @SuppressWarnings("unused") // picocli asks for it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version and exit.")
    @SuppressWarnings("unused")
    private boolean version;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show the stack trace of a failure.",
            scope = ScopeType.INHERIT)
    private boolean verbose;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show results and failures only, no progress.",
            scope = ScopeType.INHERIT)
    private boolean quiet;

    private NormLab() {}

    static NormLab of(CommandSpec command) {
        return (NormLab) command.root().userObject();
    }

    boolean verbose() {
        return verbose;
    }

    boolean quiet() {
        return quiet;
    }

    /** A command line with these commands, which share the options and the messages of failures. */
    public static CommandLine commandLine(List<Class<?>> commands) {
        CommandLine line = new CommandLine(new NormLab());
        commands.forEach(line::addSubcommand);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        FailureHandler failures = new FailureHandler();
        line.setExecutionExceptionHandler(failures);
        line.setParameterExceptionHandler(failures);
        return line;
    }
}
