package normlab.app.cli.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Shell;
import normlab.experiment.Activation;
import normlab.json.Json;
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
    void aProgramIsToldWhereTheNewExperimentIsAndWhatUsesIt() throws IOException {
        Path folder = experiments();
        Shell.Answer answer = new Shell(home).in(home).run("new", "my-idea", "--from", "smoke", "--json");
        assertThat(Json.parse(answer.out().getBytes(StandardCharsets.UTF_8), "output"))
                .isEqualTo(Json.tree(new NewCommand.Printed(
                        "my-idea",
                        "smoke",
                        folder.resolve("my-idea.yaml").toString(),
                        List.of("./normlab plan my-idea", "./normlab run my-idea"))));
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
        for (String name : new String[] {"arms.yaml", "base.yaml", "quick.yaml", "smoke.yaml"}) {
            Files.copy(REAL.resolve(name), folder.resolve(name));
        }
        return folder;
    }
}
