package normlab.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import normlab.json.InvalidInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An experiment's file may come from anybody. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HostileExperimentTest {
    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        for (String name : List.of("arms", "base", "smoke")) {
            Files.copy(Path.of("../../workflows/experiments", name + ".yaml"), folder.resolve(name + ".yaml"));
        }
    }

    @Test
    void whatItIsComparedWithLoads() throws IOException {
        Files.writeString(folder.resolve("bad.yaml"), "extends: smoke\narms: {bn: {title: \"<b>10 % of $x</b>\"}}");
        assertThat(new ExperimentFiles(folder).load("bad").arms().get("bn"))
                .hasFieldOrPropertyWithValue("title", "<b>10 % of $x</b>");
    }

    /** Nine lines that a reader which follows aliases makes a billion of. */
    @Test
    void aliasesAreRefusedEachWithItsLine() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i <= 9; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(10)));
        }
        assertThat(problems(bomb.toString()))
                .hasSize(90)
                .contains("line 2: *a0 is an alias, which is not allowed here: write the value out");
    }

    @Test
    void tagsThatNameClassesAreRefused() throws IOException {
        assertThat(problems("description: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]"))
                .hasSize(2)
                .allMatch(p -> p.contains("is a tag, which is not allowed here"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\0", // ends a string in C
                "\\e[2J", // clears a terminal
                "\\u202E", // turns the rest of the line round
                "\\u2066",
                "\\u200B", // is not seen
                "\\uFFFF",
                "\\u2028" // ends a line in JavaScript
            })
    void charactersThatAreNotSeenAreRefused(String character) throws IOException {
        assertThat(problems("arms: {bn: {title: \"B%sN\"}}".formatted(character)))
                .singleElement()
                .asString()
                .startsWith("line 1: a text contains U+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../x", "<script>", "$(reboot)", "=1+1", "%n%n", "b n", "", "ärm", "CON:"})
    void anArmIsNamedByAPlainWord(String name) throws IOException {
        assertThat(problems("arms: {\"%s\": {title: x}}".formatted(name)))
                .anyMatch(p -> p.startsWith("arms.%s: expected a name".formatted(name)));
    }

    @Test
    void longNamesTextsAndFilesAreRefused() throws IOException {
        assertThat(problems("arms: {%s: {title: x}}".formatted("a".repeat(65))))
                .anyMatch(p -> p.contains("at most 64"));
        assertThat(problems("description: " + "a".repeat(10_001)))
                .containsExactly("line 1: a text has 10001 characters, expected at most 10000");
        assertThat(problems("# " + "a".repeat(1 << 20)))
                .containsExactly("has 1048578 characters, expected at most 1048576");
    }

    @Test
    void depthNumbersAndBytesBeyondReasonAreRefused() throws IOException {
        assertThat(problems("description: " + "[".repeat(5_000))).isNotEmpty();
        assertThat(problems("recipe: {epochs: 1e1000000000}")).isNotEmpty();
        assertThat(problems("recipe: {learningRate: 1e1000000000}")).isNotEmpty();
        Files.write(folder.resolve("bad.yaml"), "description: \"\u00e9\"".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(load(List.of()).problems()).containsExactly("is not text in UTF-8");
    }

    @Test
    void settingsOfTheCommandLineAreNoWayRound() throws IOException {
        Files.writeString(folder.resolve("bad.yaml"), "extends: smoke");
        assertThat(load(List.of("description=\"\\u202E\"")).problems())
                .containsExactly("line 1: a text contains U+202E, which is invisible: remove it");
        assertThat(load(List.of("arms.<b>={title: x}")).problems()).anyMatch(p -> p.startsWith("arms.<b>: "));
    }

    private List<String> problems(String yaml) throws IOException {
        Files.writeString(folder.resolve("bad.yaml"), yaml);
        return load(List.of()).problems();
    }

    private InvalidInputException load(List<String> settings) {
        InvalidInputException refusal = catchThrowableOfType(
                InvalidInputException.class, () -> new ExperimentFiles(folder).load("bad", settings));
        assertThat(refusal).as("refused").isNotNull();
        return refusal;
    }
}
