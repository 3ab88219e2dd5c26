package normlab.app.command;

import java.util.Arrays;
import java.util.List;
import normlab.app.config.Home;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line. Failures end with a line that says what to do; {@code -v} adds the stack trace. */
@Command(
        name = "normlab",
        commandListHeading = "",
        description = "Batch Normalization against Complete Batch Normalization, as a reproducible pipeline.",
        version = "normlab 0.1.0",
        footerHeading = "%nThe first campaign:%n",
        footer = {
            "  ./normlab run smoke         seconds of training, to see that everything works",
            "  ./normlab run quick         the benchmark on a subset of Fashion-MNIST",
            "  ./normlab run --help        options and examples of a command",
            "%nBenchmarks: ./normlab bench --help, ./normlab parity --help"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:some trials failed, or what was compared differs",
            "2:wrong usage or configuration",
            "3:a required claim is not supported",
            "4:cancelled",
            "5:a service cannot be reached"
        })
public final class NormLab {
    private static final List<Class<?>> VERBS = List.of(
            RunCommand.class,
            PlanCommand.class,
            StatusCommand.class,
            WatchCommand.class,
            ReportCommand.class,
            RerunCommand.class,
            VerifyClaimsCommand.class,
            CompareCommand.class,
            ExportModelCommand.class,
            CancelCommand.class,
            ResumeCommand.class,
            DataCommand.class,
            DescribeCommand.class,
            LogsCommand.class,
            UpCommand.class,
            DownCommand.class,
            ExplainCommand.class,
            ExportCommand.class,
            VerifyCommand.class,
            DoctorCommand.class,
            NewCommand.class,
            SchemaCommand.class,
            CompletionCommand.class,
            HelpCommand.class,
            ReferenceCommand.class,
            RehearseCommand.class,
            SuperviseCommand.class,
            WorkCommand.class);

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

    static Home home() {
        return Home.current();
    }

    static NormLab of(CommandSpec command) {
        return (NormLab) command.root().userObject();
    }

    boolean verbose() {
        return verbose;
    }

    boolean quiet() {
        return quiet;
    }

    /** With every command. */
    static CommandLine commandLine() {
        return commandLine(VERBS);
    }

    /** With these commands, which share the options and the messages of all. */
    public static CommandLine commandLine(List<Class<?>> commands) {
        CommandLine line = new CommandLine(new NormLab());
        commands.forEach(line::addSubcommand);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setExecutionExceptionHandler(new FailureHandler());
        line.setParameterExceptionHandler(new UsageHandler());
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandGroups());
        return line;
    }

    /** @return the exit code */
    public static int execute(String... arguments) {
        CommandLine line = answering(arguments);
        if (arguments.length == 0) {
            line.usage(line.getErr());
            return ExitCode.CONFIGURATION;
        }
        return line.execute(Arrays.copyOf(arguments, arguments.length));
    }

    /**
     * With the one verb that is meant, where the first argument is one: to read what all of them take costs more than
     * most answers. Hidden ones, such as {@code help}, may ask for the others.
     */
    static CommandLine answering(String... arguments) {
        List<Class<?>> meant = VERBS.stream().filter(v -> isMeant(v, arguments)).toList();
        return commandLine(meant.isEmpty() ? VERBS : meant);
    }

    private static boolean isMeant(Class<?> verb, String... arguments) {
        Command command = verb.getAnnotation(Command.class);
        return arguments.length > 0 && arguments[0].equals(command.name()) && !command.hidden();
    }
}
