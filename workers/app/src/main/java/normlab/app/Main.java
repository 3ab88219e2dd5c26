package normlab.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import normlab.app.cli.CommandGroups;
import normlab.app.cli.ExitCode;
import normlab.app.cli.NormLab;
import normlab.app.cli.experiments.DataCommand;
import normlab.app.cli.experiments.DescribeCommand;
import normlab.app.cli.experiments.NewCommand;
import normlab.app.cli.experiments.RegisterCommand;
import normlab.app.cli.experiments.SchemaCommand;
import normlab.app.cli.machine.CompletionCommand;
import normlab.app.cli.machine.DoctorCommand;
import normlab.app.cli.machine.DownCommand;
import normlab.app.cli.machine.EnvCommand;
import normlab.app.cli.machine.GpuCommand;
import normlab.app.cli.machine.HelpCommand;
import normlab.app.cli.machine.ReferenceCommand;
import normlab.app.cli.machine.SuperviseCommand;
import normlab.app.cli.machine.UpCommand;
import normlab.app.cli.machine.WorkCommand;
import normlab.app.cli.reproduce.ExportCommand;
import normlab.app.cli.reproduce.ExportModelCommand;
import normlab.app.cli.reproduce.ImportCommand;
import normlab.app.cli.reproduce.RerunCommand;
import normlab.app.cli.reproduce.VerifyCommand;
import normlab.app.cli.results.CompareCommand;
import normlab.app.cli.results.ExplainCommand;
import normlab.app.cli.results.LogsCommand;
import normlab.app.cli.results.ReportCommand;
import normlab.app.cli.results.VerifyClaimsCommand;
import normlab.app.cli.run.CancelCommand;
import normlab.app.cli.run.PlanCommand;
import normlab.app.cli.run.ResumeCommand;
import normlab.app.cli.run.RunCommand;
import normlab.app.cli.run.StatusCommand;
import normlab.app.cli.run.WatchCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of the commands and of every process that they start. */
public final class Main {
    /** The commands as the help groups them. */
    private static final Map<String, List<Class<?>>> GROUPS = groups();

    /** Processes of the stack and of the build, and {@code help}. */
    private static final List<Class<?>> HIDDEN =
            List.of(HelpCommand.class, ReferenceCommand.class, SuperviseCommand.class, WorkCommand.class);

    private Main() {}

    private static Map<String, List<Class<?>>> groups() {
        Map<String, List<Class<?>>> groups = new LinkedHashMap<>();
        groups.put(
                "Run campaigns",
                List.of(
                        RunCommand.class,
                        PlanCommand.class,
                        WatchCommand.class,
                        StatusCommand.class,
                        CancelCommand.class,
                        ResumeCommand.class));
        groups.put(
                "Read results",
                List.of(
                        ReportCommand.class,
                        CompareCommand.class,
                        VerifyClaimsCommand.class,
                        ExplainCommand.class,
                        LogsCommand.class));
        groups.put(
                "Reproduce and hand over",
                List.of(
                        RerunCommand.class,
                        ExportCommand.class,
                        VerifyCommand.class,
                        ImportCommand.class,
                        ExportModelCommand.class));
        groups.put(
                "Experiments and data",
                List.of(
                        NewCommand.class,
                        RegisterCommand.class,
                        SchemaCommand.class,
                        DataCommand.class,
                        DescribeCommand.class));
        groups.put(
                "This machine",
                List.of(
                        DoctorCommand.class,
                        UpCommand.class,
                        DownCommand.class,
                        GpuCommand.class,
                        EnvCommand.class,
                        CompletionCommand.class));
        return groups;
    }

    public static void main(String[] arguments) {
        // All texts are English, and files must have the same bytes whoever's machine writes them.
        Locale.setDefault(Locale.ENGLISH);
        CommandLine line = commandLine(arguments);
        if (arguments.length == 0) {
            line.usage(line.getErr());
            System.exit(ExitCode.CONFIGURATION);
        }
        System.exit(line.execute(arguments));
    }

    /**
     * The command line with the one command that the arguments name, if they name one: building all of them takes longer
     * than most answers. Hidden commands and {@code completion} look at the others, so they get all.
     */
    public static CommandLine commandLine(String... arguments) {
        List<Class<?>> shown = GROUPS.values().stream().flatMap(List::stream).toList();
        List<Class<?>> named = shown.stream()
                .filter(command -> command != CompletionCommand.class)
                .filter(command -> arguments.length > 0 && arguments[0].equals(name(command)))
                .toList();
        if (!named.isEmpty()) {
            return NormLab.commandLine(named);
        }
        List<Class<?>> all = new ArrayList<>(shown);
        all.addAll(HIDDEN);
        CommandLine line = NormLab.commandLine(all);
        CommandGroups.show(line, GROUPS);
        return line;
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }
}
