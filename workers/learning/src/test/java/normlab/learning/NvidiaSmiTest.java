package normlab.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import normlab.testkit.FakeNvidiaSmi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvidiaSmiTest {
    private static final String A100 = "NVIDIA A100-SXM4-40GB";

    @TempDir
    private Path folder;

    @Test
    void oneGpuIsReadWithAllThatIsAskedFor() throws IOException {
        Path program = FakeNvidiaSmi.listing(folder, FakeNvidiaSmi.gpu(0, "Tesla V100-SXM2-16GB", "7.0", 16_384));
        NvidiaSmi.Answer answer = new NvidiaSmi(program.toString()).ask();
        assertThat(answer.trouble()).isEmpty();
        assertThat(answer.gpus())
                .containsExactly(new Gpu("Tesla V100-SXM2-16GB", "GPU-00000000-0000", 0, "550.54.15", "7.0", 16_384));
    }

    @Test
    void fourGpusAreReadInTheirOrder() throws IOException {
        assertThat(four().gpus()).extracting(Gpu::index).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aProcessSeesThoseThatCudaShowsIt() throws IOException {
        NvidiaSmi.Answer answer = four();
        assertThat(answer.visible(Optional.empty())).hasSize(4);
        assertThat(answer.visible(Optional.of("3,1"))).extracting(Gpu::index).containsExactly(3, 1);
        assertThat(answer.visible(Optional.of("GPU-00000002-0000")))
                .extracting(Gpu::index)
                .containsExactly(2);
        assertThat(answer.visible(Optional.of(""))).isEmpty();
        assertThat(answer.visible(Optional.of("-1"))).isEmpty();
    }

    @Test
    void aGpuThatMigDividesStandsAsItsInstances() throws IOException {
        Path program = FakeNvidiaSmi.dividing(
                folder,
                """
                GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-00000000-0000)
                  MIG 3g.20gb     Device  0: (UUID: MIG-c6d4f1ef-42e4-5de3-91c7-45d71c87eb3f)
                  MIG 1g.5gb      Device  1: (UUID: MIG-cba663e8-9bed-5b25-b243-5985ef7c9beb)
                GPU 1: NVIDIA A100-SXM4-40GB (UUID: GPU-00000001-0000)
                  MIG 7g.40gb     Device  0: (UUID: MIG-00000000-9bed-5b25-b243-5985ef7c9beb)""",
                FakeNvidiaSmi.gpu(0, A100, "550.54.15", "8.0", 40_960, "Enabled"),
                FakeNvidiaSmi.gpu(1, A100, "550.54.15", "8.0", 40_960, "Disabled"));
        List<Gpu> gpus = new NvidiaSmi(program.toString()).ask().gpus();
        assertThat(gpus)
                .extracting(Gpu::uuid)
                .containsExactly(
                        "MIG-c6d4f1ef-42e4-5de3-91c7-45d71c87eb3f",
                        "MIG-cba663e8-9bed-5b25-b243-5985ef7c9beb",
                        "GPU-00000001-0000");
        assertThat(gpus).extracting(Gpu::memoryMiB).containsExactly(20_480L, 5_120L, 40_960L);
        assertThat(gpus.getFirst().deviceClass()).isEqualTo("cuda-NVIDIA_A100-SXM4-40GB_MIG_3g.20gb-8.0");
    }

    @Test
    void migWithoutInstancesIsTroubleOfItsOwn() throws IOException {
        Path program = FakeNvidiaSmi.dividing(
                folder,
                "GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-00000000-0000)",
                FakeNvidiaSmi.gpu(0, A100, "550.54.15", "8.0", 40_960, "Enabled"));
        assertThat(trouble(program)).isEqualTo("MIG divides every GPU, and none has an instance");
    }

    @Test
    void whatItSaysInPlaceOfGpusIsTheTrouble() throws IOException {
        String words = "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.";
        assertThat(trouble(FakeNvidiaSmi.failing(folder, 9, words))).isEqualTo("nvidia-smi says: " + words);
        assertThat(trouble(FakeNvidiaSmi.failing(folder, 0, "No devices were found")))
                .isEqualTo("nvidia-smi says: No devices were found");
        assertThat(trouble(FakeNvidiaSmi.listing(folder, "0, NVIDIA A100, [Unknown Error]")))
                .contains("a line that is not a GPU: 0, NVIDIA A100, [Unknown Error]");
        assertThat(trouble(FakeNvidiaSmi.listing(
                        folder, FakeNvidiaSmi.gpu(0, "Tesla K80", "470.1", "[N/A]", 11_441, "[N/A]"))))
                .contains("compute capability is '[N/A]'");
        assertThat(trouble(folder.resolve("absent"))).isEqualTo("nvidia-smi is not on the PATH");
    }

    private static String trouble(Path program) {
        NvidiaSmi.Answer answer = new NvidiaSmi(program.toString()).ask();
        assertThat(answer.gpus()).isEmpty();
        return answer.trouble().orElseThrow();
    }

    private NvidiaSmi.Answer four() throws IOException {
        String[] rows = new String[4];
        for (int i = 0; i < 4; i++) {
            rows[i] = FakeNvidiaSmi.gpu(i, A100, "8.0", 40_960);
        }
        return new NvidiaSmi(FakeNvidiaSmi.listing(folder, rows).toString()).ask();
    }
}
