package normlab.app.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Lists the commands by what one wants to do: in one long list, the few that matter would be hard to find. */
public record CommandGroups(Map<String, List<Class<?>>> groups) implements IHelpSectionRenderer {
    /** Groups the commands in the help of a command line. */
    public static void show(CommandLine line, Map<String, List<Class<?>>> groups) {
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandGroups(groups));
    }

    @Override
    public String render(Help help) {
        StringBuilder text = new StringBuilder();
        groups.forEach((title, classes) -> {
            Map<String, Help> commands = new LinkedHashMap<>();
            for (Class<?> each : classes) {
                String name = each.getAnnotation(Command.class).name();
                commands.put(name, help.subcommands().get(name));
            }
            text.append("%n%s:%n".formatted(title)).append(help.commandList(commands));
        });
        return text.toString();
    }
}
