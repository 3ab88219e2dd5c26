package normlab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import normlab.app.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class UsageTest {
    @TempDir
    private Path data;

    @Test
    void aMisspeltCommandIsAnsweredWithTheNearestOne() {
        Shell.Answer answer = new Shell(data).run("stats");
        assertThat(answer.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(answer.err())
                .contains("unknown command 'stats'; did you mean status?")
                .contains("./normlab --help");
    }

    @Test
    void aMisspeltOptionIsAnsweredWithTheNearestOneOfItsCommand() {
        assertThat(new Shell(data).run("run", "quick", "--jsn").err())
                .contains("unknown option '--jsn' for 'run'; did you mean --json?")
                .contains("./normlab run --help");
    }

    @Test
    void anArgumentTooManyIsNamed() {
        assertThat(new Shell(data).run("status", "quick").err()).contains("unexpected argument 'quick' for 'status'");
    }

    @Test
    void hiddenCommandsAreNotSuggested() {
        assertThat(new Shell(data).run("superviser").err()).doesNotContain("did you mean supervise");
    }

    @Test
    void everyShownCommandHasHelpThatSaysWhatItDoes() {
        for (CommandLine command : Main.commandLine().getSubcommands().values()) {
            if (!command.getCommandSpec().usageMessage().hidden()) {
                Shell.Answer help = new Shell(data).run(command.getCommandName(), "--help");
                assertThat(help.exitCode()).as(help.err()).isZero();
                assertThat(help.out()).startsWith("Usage: normlab " + command.getCommandName());
            }
        }
    }

    @Test
    void theHelpListsEveryShownCommandInItsGroup() {
        String help = new Shell(data).run("--help").out();
        assertThat(help).contains("Run campaigns:", "Read results:", "This machine:");
        Main.commandLine()
                .getSubcommands()
                .forEach((name, command) -> assertThat(
                                help.lines().filter(line -> line.matches("  " + name + " +[A-Z].*")))
                        .as(name)
                        .hasSize(command.getCommandSpec().usageMessage().hidden() ? 0 : 1));
    }

    @Test
    void goingOnAndStoppingAtAFailureExcludeEachOther() {
        Shell.Answer answer = new Shell(data).run("run", "smoke", "--keep-going", "--fail-fast");
        assertThat(answer.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(answer.err())
                .contains("--keep-going")
                .contains("--fail-fast")
                .contains("mutually exclusive")
                .doesNotContain("Error:");
    }

    @Test
    void whatIsMissingIsNamedWithItsMeaning() {
        assertThat(new Shell(data).run("rerun").err()).contains("missing CAMPAIGN for 'rerun': id of the campaign");
        assertThat(new Shell(data).run("export-model", "sigmoid-cbn-s1").err())
                .contains("missing --campaign CAMPAIGN for 'export-model': ");
    }

    @Test
    void helpOfACommandIsGivenInBothOrders() {
        assertThat(new Shell(data).run("help", "run").out())
                .isEqualTo(new Shell(data).run("run", "--help").out());
        assertThat(new Shell(data).run("help", "rnu").err()).contains("unknown command 'rnu'; did you mean run?");
    }

    @Test
    void theCompletionScriptKnowsCommandsAndExperiments() {
        String script = new Shell(data).run("completion").out();
        assertThat(script).contains("verify-claims").contains("--set").contains("\"quick\"");
    }

    @Test
    void logsOfWhatIsNotThereAreNotSilentlyNone() throws IOException {
        Files.createDirectories(data.resolve("logs"));
        Shell.Answer answer = new Shell(data).run("logs", "no-such-run");
        assertThat(answer.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(answer.err()).contains("[no-such-run] is in no event").contains("./normlab status");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamedWithTheReason() {
        Path file = Path.of("/proc/no-such-folder/evidence.zip");
        assertThatThrownBy(() -> WrittenFile.write(file, new byte[1]))
                .hasMessageContaining("[%s]".formatted(file))
                .hasMessageContaining("/proc/no-such-folder cannot be created");
    }

    @Test
    void whatCannotBeWrittenLeavesWhatWasThere() throws IOException {
        Path file = Files.writeString(data.resolve("evidence.zip"), "before");
        Files.createDirectories(data.resolve("evidence.zip.part/kept"));
        assertThatThrownBy(() -> WrittenFile.write(file, new byte[1])).hasMessageContaining("cannot be written");
        assertThat(file).hasContent("before");
    }

    @Test
    void aFolderIsNoFileToWriteAndStaysThereThoughItIsEmpty() throws IOException {
        Path empty = Files.createDirectory(data.resolve("bundles"));
        assertThatThrownBy(() -> WrittenFile.write(empty, new byte[1])).hasMessageContaining("cannot be written");
        assertThat(empty).isEmptyDirectory();
    }

    @Test
    void problemsOfAnInputAreListedOneBelowTheOther() {
        Shell.Answer answer = new Shell(data).run("plan", "quick", "--only", "activation=sigmiod,tnh");
        List<String> lines = answer.err().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).contains("did you mean sigmoid?");
        assertThat(lines.get(2)).contains("did you mean tanh?");
    }
}
