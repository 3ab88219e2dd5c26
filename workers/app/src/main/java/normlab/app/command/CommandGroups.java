package normlab.app.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;

/** The commands by what one wants to do, where an alphabet or the order of their making would hide the few that matter. */
final class CommandGroups implements IHelpSectionRenderer {
    static final Map<String, List<String>> GROUPS = groups();

    private static Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put("Run campaigns", List.of("run", "plan", "watch", "status", "cancel", "resume"));
        groups.put("Read what came out", List.of("report", "compare", "verify-claims", "explain", "logs"));
        groups.put("Reproduce and hand over", List.of("rerun", "export", "verify", "export-model"));
        groups.put("Experiments and data", List.of("new", "schema", "data", "describe"));
        groups.put("This machine", List.of("doctor", "up", "down", "completion"));
        return groups;
    }

    @Override
    public String render(Help help) {
        StringBuilder text = new StringBuilder();
        GROUPS.forEach((title, names) -> {
            Map<String, Help> commands = new LinkedHashMap<>();
            names.forEach(name ->
                    commands.put(name, Objects.requireNonNull(help.subcommands().get(name), name)));
            text.append("%n%s:%n".formatted(title)).append(help.commandList(commands));
        });
        return text.toString();
    }
}
