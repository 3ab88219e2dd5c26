package normlab.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeVersionTest {
    @TempDir
    private Path outer = Path.of("");

    @Test
    void aRepositoryAroundTheFolderIsNotOurs() throws Exception {
        Path home = Files.createDirectory(outer.resolve("normlab"));
        Files.writeString(outer.resolve("file"), "content");
        commit(outer);
        assertThat(CodeVersion.of(outer)).matches("[0-9a-f]{12}");
        assertThat(CodeVersion.of(home)).isEqualTo("unknown");
        Path link = Files.createSymbolicLink(outer.resolve("link"), home);
        assertThat(CodeVersion.of(link)).isEqualTo("unknown");
    }

    @Test
    void aCheckoutInsideAnotherOneHasItsOwnCommit() throws Exception {
        Path home = Files.createDirectory(outer.resolve("normlab"));
        Files.writeString(outer.resolve("file"), "content");
        commit(outer);
        Files.writeString(home.resolve("file"), "other content");
        commit(home);
        assertThat(CodeVersion.of(home)).matches("[0-9a-f]{12}").isNotEqualTo(CodeVersion.of(outer));
        Files.writeString(home.resolve("file"), "changed");
        assertThat(CodeVersion.of(home)).endsWith("-dirty");
    }

    private static void commit(Path folder) throws IOException, InterruptedException {
        git(folder, "init", "--quiet");
        git(folder, "add", "file");
        git(
                folder,
                "-c",
                "user.name=a",
                "-c",
                "user.email=a@b",
                "commit",
                "--quiet",
                "--allow-empty",
                "--message",
                "x");
    }

    private static void git(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(git.waitFor()).isZero();
    }
}
