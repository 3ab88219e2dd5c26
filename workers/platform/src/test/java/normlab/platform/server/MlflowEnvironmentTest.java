package normlab.platform.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import normlab.platform.process.ProcessException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MlflowEnvironmentTest {
    private final List<String> progress = new ArrayList<>();

    @TempDir
    Path folder;

    private Path lock = Path.of("");

    @BeforeEach
    void writeLock() throws IOException {
        lock = Files.writeString(folder.resolve("requirements.lock"), "mlflow==3.17.2");
    }

    private MlflowEnvironment environment(FakePython python) {
        return new MlflowEnvironment(
                new DataFolder(folder.resolve("root")),
                lock,
                List.of(python.file().toString()));
    }

    @Test
    void theEnvironmentIsMadeOnce() throws IOException, InterruptedException {
        FakePython fake = FakePython.in(folder, "python3", "3.12.1 venv", "true");
        Path first = environment(fake).python(progress::add);
        Path second = environment(fake).python(progress::add);
        assertThat(second).isEqualTo(first).isExecutable();
        assertThat(fake.timesPipWasCalled()).isEqualTo(1);
        assertThat(progress).hasSize(1);
    }

    @Test
    void anotherLockMakesAnotherEnvironment() throws IOException, InterruptedException {
        FakePython fake = FakePython.in(folder, "python3", "3.12.1 venv", "true");
        Path first = environment(fake).python(progress::add);
        Files.writeString(lock, "mlflow==3.18.0");
        assertThat(environment(fake).python(progress::add)).isNotEqualTo(first);
    }

    @Test
    void aHalfMadeEnvironmentIsMadeAnew() throws IOException, InterruptedException {
        FakePython broken = FakePython.in(folder, "python3", "3.12.1 venv", "touch \"$0.half\"; exit 1");
        assertThatThrownBy(() -> environment(broken).python(progress::add)).isInstanceOf(ProcessException.class);
        FakePython mended = FakePython.in(folder, "python3", "3.12.1 venv", "true");
        Path python = environment(mended).python(progress::add);
        assertThat(mended.timesPipWasCalled()).isEqualTo(2);
        assertThat(python.resolveSibling("python.half")).doesNotExist();
    }

    @Test
    void aFailureOfPipShowsItsLastWords() throws IOException {
        FakePython broken = FakePython.in(folder, "python3", "3.12.1 venv", "echo 'No space left on device'; exit 1");
        assertThatThrownBy(() -> environment(broken).python(progress::add))
                .isInstanceOf(ProcessException.class)
                .hasMessageContaining("cannot install the packages of " + lock)
                .hasMessageContaining("exit code 1")
                .hasMessageContaining("No space left on device");
    }

    @Test
    void pipKeepsTheUsersMirrorAndIgnoresWhereTheUserInstalls() throws IOException, InterruptedException {
        FakePython fake = FakePython.in(folder, "python3", "3.12.1 venv", "true");
        fake.userHasSettings("""
                :env:.index-url='https://second.example/simple'
                global.index-url='https://first.example/simple'
                global.trusted-host='\\na.example\\nb.example'
                install.target='/opt/elsewhere'
                install.user='yes'
                """);
        environment(fake).python(progress::add);
        assertThat(fake.environmentOfPip())
                .contains(
                        "PIP_INDEX_URL=https://second.example/simple",
                        "PIP_TRUSTED_HOST=a.example b.example",
                        "PIP_CONFIG_FILE=/dev/null")
                .noneMatch(line -> line.startsWith("PIP_USER") || line.startsWith("PIP_TARGET"));
    }

    @Test
    void anEnvironmentWithoutItsPackagesIsInstalledAgain() throws IOException, InterruptedException {
        FakePython fake = FakePython.in(folder, "python3", "3.12.1 venv", "true");
        Path python = environment(fake).python(progress::add);
        Files.writeString(python, "#!/bin/sh\necho 'pip==24.0'\n");
        environment(fake).python(progress::add);
        assertThat(fake.timesPipWasCalled()).isEqualTo(2);
    }

    @Test
    void anEnvironmentThatDoesNotImportIsNotComplete() throws IOException {
        FakePython fake = FakePython.in(folder, "python3", "3.12.1 venv", "true");
        fake.breaks();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> environment(fake).python(progress::add))
                    .hasMessageContaining("cannot import the installed packages");
        }
        assertThat(fake.timesPipWasCalled()).isEqualTo(2);
    }

    @Test
    void aServerThatDiesBecauseItsPackagesDoNotImportGetsThemAgain() throws IOException, InterruptedException {
        FakePython fake =
                FakePython.in(folder, "python3", "3.12.1 venv", "rm -f \"%s/pip-calls.broken\"".formatted(folder));
        MlflowEnvironment environment = environment(fake);
        environment.python(progress::add);
        environment.repairAfterFailure();
        fake.breaks();
        environment.repairAfterFailure();
        assertThat(fake.timesPipWasCalled()).isEqualTo(2);
        environment.repairAfterFailure();
        assertThat(fake.timesPipWasCalled()).isEqualTo(2);
    }
}
