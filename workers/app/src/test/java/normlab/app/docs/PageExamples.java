package normlab.app.docs;

import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.PatchFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The worked examples of a page.
 *
 * @param sections text by heading
 */
record PageExamples(Map<String, String> sections) {
    private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE);

    static PageExamples read(Path page) throws IOException {
        Map<String, String> sections = new LinkedHashMap<>();
        for (String section : Files.readString(page).split("(?m)^## ")) {
            String heading = section.lines().findFirst().orElseThrow();
            sections.put(heading, section.substring(heading.length()));
        }
        return new PageExamples(sections);
    }

    /** Content of the fenced blocks of a language. */
    List<String> blocks(String heading, String language) {
        Pattern block = Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
        return block.matcher(section(heading)).results().map(m -> m.group(1)).toList();
    }

    /** Files that the section's table says are touched. */
    List<String> table(String heading) {
        return ROW.matcher(section(heading)).results().map(m -> m.group(1)).toList();
    }

    /** Files that the section's example changes. */
    List<String> changed(String heading) {
        return blocks(heading, "diff").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("+++ b/"))
                .map(line -> line.substring("+++ b/".length()))
                .toList();
    }

    /** Applies all examples, one after the other, to the files below the folder. */
    void applyTo(Path root) throws IOException, PatchFailedException {
        for (String heading : sections.keySet()) {
            applyTo(root, heading);
        }
    }

    /** Applies the examples of one section to the files below the folder. */
    void applyTo(Path root, String heading) throws IOException, PatchFailedException {
        for (String block : blocks(heading, "diff")) {
            for (String file : Arrays.stream(block.split("(?m)^(?=--- )"))
                    .filter(f -> !f.isBlank())
                    .toList()) {
                apply(file.lines().toList(), root);
            }
        }
    }

    private static void apply(List<String> diff, Path root) throws IOException, PatchFailedException {
        Path file = root.resolve(diff.get(1).substring("+++ b/".length()));
        List<String> lines = diff.getFirst().equals("--- /dev/null") ? List.of() : Files.readAllLines(file);
        Files.write(
                file, new ArrayList<>(UnifiedDiffUtils.parseUnifiedDiff(diff).applyFuzzy(lines, 0)));
    }

    private String section(String heading) {
        String section = sections.get(heading);
        if (section == null) {
            throw new IllegalArgumentException(
                    "the page has no section '%s', it has %s".formatted(heading, sections.keySet()));
        }
        return section;
    }
}
