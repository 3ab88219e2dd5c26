package normlab.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * {@code docs/reference/json.md}.
 *
 * @param fields as paths such as {@code files[].path}, by command
 * @param without commands that print no JSON, with the reason
 */
record JsonPage(Map<String, List<String>> fields, Map<String, String> without) {
    private static final Path FILE = Path.of(System.getProperty("normlab.home"), "docs/reference/json.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    static JsonPage read() throws IOException {
        Map<String, List<String>> fields = new TreeMap<>();
        Map<String, String> without = new TreeMap<>();
        List<String> commands = List.of();
        for (String line : Files.readAllLines(FILE)) {
            if (line.startsWith("## ")) {
                commands = List.of(line.substring(3).split(", "));
            } else if (line.startsWith("| `")) {
                String[] cells = line.substring(2, line.length() - 2).split(" \\| ", 2);
                List<String> words =
                        CODE.matcher(cells[0]).results().map(r -> r.group(1)).toList();
                if (commands.contains("Without `--json`")) {
                    without.put(words.getFirst(), cells[1]);
                } else {
                    commands.forEach(c ->
                            fields.computeIfAbsent(c, k -> new ArrayList<>()).addAll(words));
                }
            }
        }
        return new JsonPage(fields, without);
    }

    List<String> paths(String command) {
        return fields.getOrDefault(command, List.of());
    }

    /** The names that the objects of a command have. */
    Set<String> names(String command) {
        Set<String> names = new TreeSet<>();
        for (String path : paths(command)) {
            names.add(path.split("[.\\[]", 2)[0]);
        }
        return names;
    }
}
