package normlab.app.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import normlab.json.InvalidInputException;
import normlab.json.StrictBinding;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells a person why a command failed: one line, or one for each problem of an input. After wrong arguments, one line and a
 * pointer to the help, where picocli would print all of the help.
 */
final class FailureHandler implements IExecutionExceptionHandler, IParameterExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof InvalidInputException invalid
                && invalid.problems().size() > 1) {
            err.printf(
                    "normlab: %s has %d problems:%n",
                    invalid.subject(), invalid.problems().size());
            invalid.problems().forEach(problem -> err.println("  " + problem));
        } else if (failure instanceof InvalidInputException invalid) {
            err.printf(
                    "normlab: [%s] %s%n", invalid.subject(), invalid.problems().getFirst());
        } else {
            err.println("normlab: " + message(failure));
        }
        if (NormLab.of(command.getCommandSpec()).verbose()) {
            failure.printStackTrace(err);
        }
        err.flush();
        return ExitCode.of(failure);
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.toString() : message;
    }

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
