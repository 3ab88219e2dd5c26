package normlab.app.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import normlab.json.StrictBinding;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Answers wrong arguments with one line and a pointer to the help, where picocli would print all of the help. */
final class UsageHandler implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.printf(
                "normlab: %s%nSee ./%s --help%n",
                problem(failure, command), command.getCommandSpec().qualifiedName(" "));
        err.flush();
        return ExitCode.CONFIGURATION;
    }

    private static String problem(ParameterException failure, CommandLine command) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched.getUnmatched().getFirst(), command);
        }
        if (failure instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing.getMissing().stream()
                    .map(argument -> missing(argument, command.getCommandName()))
                    .collect(Collectors.joining("; "));
        }
        return String.valueOf(failure.getMessage()).replaceFirst("^Error: ", "");
    }

    private static String unmatched(String argument, CommandLine command) {
        String name = command.getCommandName();
        if (argument.startsWith("-")) {
            List<String> known = command.getCommandSpec().options().stream()
                    .filter(option -> !option.hidden())
                    .map(OptionSpec::longestName)
                    .toList();
            return "unknown option '%s' for '%s'%s"
                    .formatted(argument, name, StrictBinding.suggestion(argument, known));
        }
        List<String> known = command.getSubcommands().values().stream()
                .filter(below -> !below.getCommandSpec().usageMessage().hidden())
                .map(CommandLine::getCommandName)
                .sorted()
                .toList();
        return known.isEmpty()
                ? "unexpected argument '%s' for '%s'".formatted(argument, name)
                : "unknown command '%s'%s".formatted(argument, StrictBinding.suggestion(argument, known));
    }

    private static String missing(ArgSpec argument, String command) {
        String option = argument instanceof OptionSpec named ? named.longestName() + " " : "";
        String meaning = String.join(" ", argument.description());
        return "missing %s%s for '%s': %s"
                .formatted(
                        option,
                        argument.paramLabel(),
                        command,
                        meaning.substring(0, 1).toLowerCase(Locale.ENGLISH) + meaning.substring(1));
    }
}
