package normlab.app.cli;

import static java.util.stream.Collectors.joining;

import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The reference of the command line in Markdown: what each command prints as its help. */
public final class ReferencePage {
    private static final int COLUMNS = 100;

    private ReferencePage() {}

    public static String of(CommandLine root) {
        return """
                # Reference: the command line

                Written by `make generated`; do not edit.

                Results go to standard output, progress to standard error. [JSON output](json.md) lists the fields that
                `--json` prints; [Benchmarks](benchmarks.md) has `bench` and `parity`.

                """ + usage(root) + sections(root);
    }

    /** A section for each command and subcommand that is not hidden, by name. */
    public static String sections(CommandLine root) {
        Map<String, CommandLine> commands = new TreeMap<>();
        collect("", root, commands);
        StringBuilder text = new StringBuilder();
        commands.forEach((name, command) ->
                text.append("\n## ").append(name).append("\n\n").append(usage(command)));
        return text.toString();
    }

    private static void collect(String prefix, CommandLine parent, Map<String, CommandLine> into) {
        parent.getSubcommands().forEach((name, command) -> {
            if (!command.getCommandSpec().usageMessage().hidden()) {
                into.put(prefix + name, command);
                collect(prefix + name + " ", command, into);
            }
        });
    }

    private static String usage(CommandLine command) {
        command.setUsageHelpAutoWidth(false).setUsageHelpWidth(COLUMNS);
        String usage = command.getUsageMessage(Ansi.OFF)
                .lines()
                .map(String::stripTrailing)
                .collect(joining("\n"));
        return "```help\n" + usage + "\n```\n";
    }
}
