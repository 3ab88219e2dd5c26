package normlab.app.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import normlab.app.NormlabCommand;
import normlab.app.NormlabCommand.Answer;
import normlab.app.cli.ExitCode;
import normlab.testkit.FakeNvidiaSmi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command with a stand-in for nvidia-smi on its path. Nothing is downloaded. */
class GpuCommandTest {
    private static final Path HOME = Path.of(System.getProperty("normlab.home")).toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void withoutAGpuSetupSaysWhatItWouldDoAndWhyItStops() throws Exception {
        FakeNvidiaSmi.failing(folder, 6, "No devices were found");
        Answer answer = normlab("gpu", "setup");
        assertThat(answer.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(answer.out())
                .contains("PyTorch 2.7.1 for CUDA 12.6: 15 packages, 2,828 MB to download, 5,400 MiB of disk");
        assertThat(answer.err()).contains("gpu setup").contains("nvidia-smi says: No devices were found");
        assertThat(folder.resolve("data/gpu")).doesNotExist();
    }

    @Test
    void theProcessThatIsCheckedComputes() throws Exception {
        assertThat(normlab("gpu", "compute").out()).contains("a convolution and its gradient are right on cpu");
    }

    @Test
    void whatIsNotInstalledIsNotChecked() throws Exception {
        Answer answer = normlab("gpu", "check");
        assertThat(answer.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(answer.err()).contains("nothing is installed, or not all of it: ./normlab gpu setup");
    }

    @Test
    void planTakesAGpusSpeedFromWhatIsPublishedAndNeverFromAProcessor() throws Exception {
        FakeNvidiaSmi.listing(
                folder,
                FakeNvidiaSmi.gpu(0, "NVIDIA A100-SXM4-40GB", "8.0", 40_960),
                FakeNvidiaSmi.gpu(1, "NVIDIA A100-SXM4-40GB", "8.0", 40_960));
        Answer answer = normlab(Map.of("NORMLAB_DEVICE", "gpu"), "plan", "paper-cifar10");
        assertThat(answer.out())
                .contains("published for A100 and ResNet-50 (tf32, which is off here: longer), by multiply-adds")
                .contains("on 2 slots side by side")
                .contains("a GPU's memory for each of its slots; there are 40,960 MiB")
                .doesNotContain("processor");
    }

    @Test
    void planDoesNotKnowTheHoursOfAGpuThatNobodyPublished() throws Exception {
        FakeNvidiaSmi.listing(folder, FakeNvidiaSmi.gpu(0, "NVIDIA Nonesuch", "9.0", 80_000));
        Answer answer = normlab(Map.of("NORMLAB_DEVICE", "gpu"), "plan", "quick", "--seeds", "1");
        assertThat(answer.out())
                .contains("no published figure for NVIDIA Nonesuch: known after the first epoch")
                .contains("trials of unknown duration not counted");
    }

    @Test
    void removingWhatIsNotThereChangesNothing() throws Exception {
        assertThat(normlab("gpu", "remove").out()).contains("Nothing is installed.");
        Path marker =
                Files.createDirectories(folder.resolve("data/gpu/complete")).resolve("torch==2.7.1");
        Files.createFile(marker);
        assertThat(normlab("gpu", "remove").out()).contains("Removed.");
        assertThat(folder.resolve("data/gpu")).doesNotExist();
    }

    private Answer normlab(String... arguments) throws IOException, InterruptedException {
        return normlab(Map.of(), arguments);
    }

    private Answer normlab(Map<String, String> variables, String... arguments)
            throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("PATH", folder + ":" + System.getenv("PATH"));
        environment.put("DJL_OFFLINE", "true");
        return new NormlabCommand(HOME, folder.resolve("data"), 2, environment).run(arguments);
    }
}
