package normlab.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import normlab.app.config.CudaBuild;
import normlab.app.config.Home;
import normlab.app.config.PyTorchInstallation;
import normlab.app.doctor.Diagnosis.Severity;
import normlab.learning.NvidiaSmi;
import normlab.testkit.FakeNvidiaSmi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each thing that can be wrong with a GPU, told by a stand-in for nvidia-smi. */
class GpuChecksTest {
    private static final String A100 = FakeNvidiaSmi.gpu(0, "NVIDIA A100-SXM4-40GB", "8.0", 40_960);
    private static final long PLENTY = 100_000;

    @TempDir
    private Path folder;

    @Test
    void aGoodGpuLacksOnlyTheLibraries() throws IOException {
        List<Diagnosis> findings = examine(around(true, false, true, PLENTY), A100);
        assertThat(findings).extracting(Diagnosis::standing).doesNotContain(Severity.PROBLEM);
        assertThat(findings.getFirst().found()).isEqualTo("NVIDIA A100-SXM4-40GB, 40,960 MiB");
        Diagnosis natives = finding("GPU natives", findings);
        assertThat(natives.needed()).contains("15 packages, 2,828 MB to download");
        assertThat(natives.remedy()).isEqualTo("./normlab gpu setup");
    }

    @Test
    void withoutAGpuThereIsOneLineWhichIsAProblemOnlyWhereOneIsWanted() throws IOException {
        NvidiaSmi absent = new NvidiaSmi(folder.resolve("absent").toString());
        assertThat(examine(around(false, false, false, PLENTY), absent))
                .singleElement()
                .extracting(Diagnosis::standing)
                .isEqualTo(Severity.NOTE);
        assertThat(examine(around(true, false, false, PLENTY), absent))
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.standing()).isEqualTo(Severity.PROBLEM);
                    assertThat(f.remedy()).contains("install NVIDIA's driver, 525 or newer");
                });
    }

    @Test
    void whatTheDriverSaysHasARemedyOfItsOwn() throws IOException {
        assertThat(remedy("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.", false))
                .contains("modprobe nvidia");
        assertThat(remedy("Failed to initialize NVML: Driver/library version mismatch", false))
                .contains("restart the machine");
        assertThat(remedy("Field \"compute_cap\" is not a valid field to query.", false))
                .contains("update NVIDIA's driver to 525 or newer");
        assertThat(remedy("No devices were found", true)).contains("start the container with --gpus all");
        assertThat(examine(
                                around(true, false, true, PLENTY),
                                FakeNvidiaSmi.gpu(0, "NVIDIA A100-SXM4-40GB", "550.54.15", "8.0", 40_960, "Enabled"))
                        .getFirst()
                        .remedy())
                .contains("mig -cgi");
    }

    @Test
    void aDriverThatIsTooOldForCuda12IsNamedWithTheOneThatIsNeeded() throws IOException {
        Diagnosis driver = finding(
                "GPU driver",
                examine(
                        around(true, false, true, PLENTY),
                        FakeNvidiaSmi.gpu(0, "NVIDIA A100", "470.82.01", "8.0", 40_960, "Disabled")));
        assertThat(driver.standing()).isEqualTo(Severity.PROBLEM);
        assertThat(driver.found()).isEqualTo("470.82.01");
        assertThat(driver.needed()).startsWith("525 or newer");
    }

    @Test
    void aGpuThatIsNewerOrOlderThanTheBuildIsNamedWithItsCapability() throws IOException {
        for (String capability : List.of("3.7", "10.0", "12.0")) {
            Diagnosis finding = finding(
                    "GPU capability",
                    examine(around(true, false, true, PLENTY), FakeNvidiaSmi.gpu(0, "NVIDIA X", capability, 1000)));
            assertThat(finding.standing()).isEqualTo(Severity.PROBLEM);
            assertThat(finding.found()).isEqualTo("NVIDIA X has %s, for which the build has no code", capability);
        }
        for (String capability : List.of("5.2", "6.1", "7.5", "8.6", "8.9", "9.0")) {
            assertThat(examine(around(true, false, true, PLENTY), FakeNvidiaSmi.gpu(0, "NVIDIA X", capability, 1000)))
                    .extracting(Diagnosis::standing)
                    .doesNotContain(Severity.PROBLEM);
        }
    }

    @Test
    void withoutTheDriversLibraryAContainerIsToldDifferentlyFromAMachine() throws IOException {
        assertThat(finding("GPU libcuda", examine(around(true, true, false, PLENTY), A100))
                        .remedy())
                .contains("NVIDIA_DRIVER_CAPABILITIES");
        assertThat(finding("GPU libcuda", examine(around(true, false, false, PLENTY), A100))
                        .remedy())
                .contains("libnvidia-compute-550");
    }

    @Test
    void withoutRoomTheDownloadIsNotProposed() throws IOException {
        Diagnosis room = finding("GPU room", examine(around(true, false, true, 100), A100));
        assertThat(room.standing()).isEqualTo(Severity.PROBLEM);
        assertThat(room.found()).isEqualTo("100 MiB free for .normlab");
        assertThat(room.needed()).contains("5,400 MiB");
    }

    @Test
    void anotherCudaIsSeenOnTheSearchPathAndInPyTorch() throws IOException {
        Files.createFile(folder.resolve("libcudart.so.11.0"));
        Files.createFile(folder.resolve("libcudart.so.12"));
        assertThat(GpuSurroundings.otherCuda(List.of(folder))).containsExactly("CUDA 11 in " + folder);

        Path libraries = Files.createDirectories(folder.resolve("torch/lib"));
        Files.createFile(libraries.resolve("libtorch_cuda.so"));
        Files.writeString(libraries.resolveSibling("version.py"), "__version__ = '2.7.1+cu118'\n");
        GpuSurroundings around = new GpuSurroundings(
                true,
                false,
                true,
                List.of("CUDA 11 in " + folder),
                Optional.of(new PyTorchInstallation(libraries)),
                PLENTY);
        List<Diagnosis> findings = examine(around, A100);
        assertThat(finding("GPU libraries", findings).found()).contains("CUDA 11");
        assertThat(finding("GPU natives", findings).found()).isEqualTo("PyTorch 2.7.1+cu118");
    }

    @Test
    void gpusOfSeveralKindsAreNotMixed() throws IOException {
        List<Diagnosis> findings = examine(
                around(true, false, true, PLENTY), A100, FakeNvidiaSmi.gpu(1, "Tesla V100-SXM2-16GB", "7.0", 16_384));
        assertThat(finding("GPU kinds", findings).found()).isEqualTo("2: NVIDIA A100-SXM4-40GB, Tesla V100-SXM2-16GB");
    }

    private String remedy(String words, boolean container) throws IOException {
        NvidiaSmi smi = new NvidiaSmi(FakeNvidiaSmi.failing(folder, 9, words).toString());
        return examine(around(true, container, true, PLENTY), smi).getFirst().remedy();
    }

    private static GpuSurroundings around(boolean wanted, boolean container, boolean libcuda, long freeMiB) {
        return new GpuSurroundings(wanted, container, libcuda, List.of(), Optional.empty(), freeMiB);
    }

    private List<Diagnosis> examine(GpuSurroundings around, String... rows) throws IOException {
        return examine(around, new NvidiaSmi(FakeNvidiaSmi.listing(folder, rows).toString()));
    }

    private List<Diagnosis> examine(GpuSurroundings around, NvidiaSmi smi) {
        Home home = new Home(Home.current().root(), folder.resolve("data"));
        return new GpuChecks(smi.ask(), around, new CudaBuild(home)).examine();
    }

    private static Diagnosis finding(String subject, List<Diagnosis> findings) {
        return findings.stream()
                .filter(f -> f.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }
}
