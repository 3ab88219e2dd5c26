package normlab.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import normlab.experiment.Activation;
import normlab.platform.config.ExperimentFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewCommandTest {
    private static final Path REAL = Path.of(System.getProperty("normlab.home"), "workflows/experiments");

    @TempDir
    private Path home;

    @Test
    void aNewExperimentLoadsAsItIsWritten() throws IOException {
        Path folder = experiments();
        Shell.Answer answer = new Shell(home).in(home).run("new", "my-idea", "--from", "quick");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).contains("./normlab plan my-idea");
        assertThat(Files.readString(folder.resolve("my-idea.yaml"))).startsWith("# yaml-language-server: $schema=");
        assertThat(new ExperimentFiles(folder).load("my-idea").activations())
                .containsExactly(Activation.SIGMOID, Activation.RELU);
    }

    @Test
    void anExperimentThatExistsIsNotOverwritten() throws IOException {
        Path folder = experiments();
        byte[] before = Files.readAllBytes(folder.resolve("smoke.yaml"));
        Shell.Answer answer = new Shell(home).in(home).run("new", "smoke");
        assertThat(answer.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(answer.err()).contains("exists");
        assertThat(Files.readAllBytes(folder.resolve("smoke.yaml"))).isEqualTo(before);
        assertThat(new Shell(home).in(home).run("new", "../escape").exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    }

    private Path experiments() throws IOException {
        Path folder = Files.createDirectories(home.resolve("workflows/experiments"));
        for (String name : new String[] {"base.yaml", "quick.yaml", "smoke.yaml"}) {
            Files.copy(REAL.resolve(name), folder.resolve(name));
        }
        return folder;
    }
}
