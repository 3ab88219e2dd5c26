package normlab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import normlab.app.NormlabCommand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says of an experiment that cannot run, before it starts a server for it. */
class PreflightTest {
    private static final Path REPOSITORY =
            Path.of(System.getProperty("normlab.home")).toAbsolutePath();
    private static final String SAMPLE = "fashion-mnist-sample";

    @TempDir
    private Path home;

    @BeforeEach
    void copyWhatAnExperimentNeeds() throws IOException {
        copy(REPOSITORY.resolve("workflows/experiments"), home.resolve("workflows/experiments"));
        copy(REPOSITORY.resolve("workflows/claims"), home.resolve("workflows/claims"));
        copy(REPOSITORY.resolve("datasets"), home.resolve("datasets"));
        copy(
                REPOSITORY.resolve("datasets").resolve(SAMPLE),
                home.resolve("datasets").resolve(SAMPLE));
    }

    @Test
    void anUnknownDatasetAndAnUnknownNetworkAreToldTogether() throws Exception {
        edit("workflows/experiments/smoke.yaml", SAMPLE, "fashion-mnist-simple");
        edit("workflows/experiments/base.yaml", "networks: [plain-8]", "networks: [plane-8]");
        NormlabCommand.Answer answer = run();
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(2);
        assertThat(answer.err())
                .contains("2 problems")
                .contains("'plane-8' is not known")
                .contains("[dataset fashion-mnist-simple]")
                .contains("did you mean fashion-mnist-sample?");
        assertNothingStarted();
    }

    @Test
    void aBatchLargerThanTheTrainingSetIsRefusedByPlanAndRun() throws Exception {
        NormlabCommand command = new NormlabCommand(home, home.resolve("data"), 1);
        for (String verb : List.of("plan", "run")) {
            NormlabCommand.Answer answer = command.run(verb, "smoke", "--set", "recipe.batchSize=256");
            assertThat(answer.exitCode()).as(answer.err()).isEqualTo(2);
            assertThat(answer.err())
                    .contains("[recipe.batchSize] is 256, expected at most the 240 training images")
                    .contains("dataset.trainPerClass");
        }
        assertNothingStarted();
    }

    @Test
    void anAugmentationOfImagesThatAreCroppedWhenDecodedIsRefused() throws Exception {
        NormlabCommand.Answer answer = new NormlabCommand(home, home.resolve("data"), 1)
                .run("plan", "paper-ilsvrc2012", "--set", "recipe.augmentation={crop: 4, flip: true}");
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(2);
        assertThat(answer.err()).contains("[recipe.augmentation] is set, expected null");
        assertNothingStarted();
    }

    @Test
    void aDamagedDatasetFileIsNamed() throws Exception {
        Path file = home.resolve("datasets").resolve(SAMPLE).resolve("t10k-images-idx3-ubyte.gz");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        NormlabCommand.Answer answer = run();
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(2);
        assertThat(answer.err()).contains(file.toString()).contains("is not sound gzip");
        assertNothingStarted();
    }

    @Test
    void aSourceThatCannotBeReachedIsToldWithWhatToDo() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        edit(
                "datasets/fashion-mnist-sample.yaml",
                "  - kind: folder\n    path: fashion-mnist-sample",
                "  - kind: download\n    url: http://127.0.0.1:" + port + "/");
        NormlabCommand.Answer answer = run();
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(5);
        assertThat(answer.err())
                .contains("[http://127.0.0.1:" + port)
                .contains("Connection refused")
                .contains("into a folder and set NORMLAB_DATA to it");
        assertNothingStarted();
    }

    private NormlabCommand.Answer run() throws IOException, InterruptedException {
        return new NormlabCommand(home, home.resolve("data"), 1).run("run", "smoke");
    }

    private void assertNothingStarted() {
        assertThat(home.resolve("data/state")).doesNotExist();
        assertThat(home.resolve("data/logs")).doesNotExist();
    }

    private void edit(String file, String from, String to) throws IOException {
        String text = Files.readString(home.resolve(file), StandardCharsets.UTF_8);
        assertThat(text).contains(from);
        Files.writeString(home.resolve(file), text.replace(from, to));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
