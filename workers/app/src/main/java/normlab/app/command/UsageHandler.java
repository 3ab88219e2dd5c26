package normlab.app.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import normlab.json.StrictBinding;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells a person what was wrong with a command's words, what was nearly meant, and where help is. */
final class UsageHandler implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        String name = command.getCommandSpec().qualifiedName(" ");
        PrintWriter err = command.getErr();
        err.printf("normlab: %s%nSee ./%s --help%n", problem(failure, command), name);
        err.flush();
        return ExitCode.CONFIGURATION;
    }

    private static String problem(ParameterException failure, CommandLine command) {
        if (failure instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().getFirst();
            if (word.startsWith("-")) {
                return "%s is no option of %s%s"
                        .formatted(word, command.getCommandName(), StrictBinding.suggestion(word, options(command)));
            }
            return verbs(command).isEmpty()
                    ? "'%s' is one word too many for %s".formatted(word, command.getCommandName())
                    : "'%s' is no command%s".formatted(word, StrictBinding.suggestion(word, verbs(command)));
        }
        if (failure instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing.getMissing().stream()
                    .map(argument -> needed(argument, command))
                    .collect(Collectors.joining("; "));
        }
        return String.valueOf(failure.getMessage()).replaceFirst("^Error: ", "");
    }

    private static String needed(ArgSpec argument, CommandLine command) {
        String name = argument instanceof OptionSpec option ? option.longestName() + " " : "";
        return "%s needs %s%s: %s"
                .formatted(
                        command.getCommandName(),
                        name,
                        argument.paramLabel(),
                        String.join(" ", argument.description()));
    }

    private static List<String> options(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .filter(o -> !o.hidden())
                .map(o -> o.longestName())
                .toList();
    }

    private static List<String> verbs(CommandLine command) {
        return command.getSubcommands().entrySet().stream()
                .filter(e -> !e.getValue().getCommandSpec().usageMessage().hidden())
                .map(e -> e.getKey())
                .sorted()
                .toList();
    }
}
