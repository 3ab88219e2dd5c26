package normlab.app.command;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The reference of the command line in Markdown, from the commands themselves. */
final class ReferencePage {
    private static final List<String> EVERYWHERE = List.of("--help", "--verbose", "--quiet");

    private ReferencePage() {}

    static String of(CommandLine root) {
        StringBuilder page = new StringBuilder("""
                # Reference: the command line

                Written by `./normlab reference`; do not edit.

                Every command takes `-h` (help), `-q` (results and failures only) and `-v` (the stack trace of a
                failure). Results go to standard output, progress to standard error. What `--json` prints stands in
                [its own page](json.md), with the commands that have none.
                """);
        Map<String, CommandSpec> commands = new TreeMap<>();
        collect("", root, commands);
        commands.forEach((name, command) -> page.append(section(name, command)));
        page.append("\n## Exit codes\n\n| Code | Meaning |\n|---|---|\n");
        root.getCommandSpec()
                .usageMessage()
                .exitCodeList()
                .forEach((code, meaning) -> page.append("| %s | %s |%n".formatted(code, meaning)));
        return page.toString();
    }

    /** Those below a command, and below those, by their words. */
    private static void collect(String above, CommandLine command, Map<String, CommandSpec> into) {
        command.getSubcommands().forEach((name, below) -> {
            if (!below.getCommandSpec().usageMessage().hidden()) {
                into.put(above + name, below.getCommandSpec());
                collect(above + name + " ", below, into);
            }
        });
    }

    private static String section(String name, CommandSpec command) {
        List<OptionSpec> options = command.options().stream()
                .filter(o -> !o.hidden() && !EVERYWHERE.contains(o.longestName()))
                .toList();
        String words = command.positionalParameters().stream()
                .map(p -> p.arity().min() == 0 ? "[" + p.paramLabel() + "]" : p.paramLabel())
                .collect(Collectors.joining(" "));
        StringBuilder text = new StringBuilder("\n## %s\n\n%s\n\n`./normlab %s`\n"
                .formatted(
                        name,
                        String.join(" ", command.usageMessage().description()),
                        "%s %s%s"
                                .formatted(name, words, options.isEmpty() ? "" : " [options]")
                                .replaceAll(" +", " ")
                                .strip()));
        if (!options.isEmpty() || !command.positionalParameters().isEmpty()) {
            text.append("\n| | |\n|---|---|\n");
        }
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            text.append(row(parameter.paramLabel(), parameter.description()));
        }
        for (OptionSpec option : options) {
            String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
            text.append(row(String.join(", ", option.names()) + value, option.description()));
        }
        String examples = List.of(command.usageMessage().footer()).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
        if (!examples.isEmpty()) {
            text.append("\n```sh not run: examples, with ids that are not yours\n")
                    .append(examples.replace("%n", ""))
                    .append("\n```\n");
        }
        return text.toString();
    }

    private static String row(String name, String[] description) {
        return "| `%s` | %s |\n"
                .formatted(
                        name.replace("|", "\\|"), String.join(" ", description).replace("|", "\\|"));
    }
}
