package normlab.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import normlab.json.InvalidInputException;
import normlab.provenance.Machine;
import normlab.testkit.FakeNvidiaSmi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComputeDeviceTest {
    @TempDir
    private Path folder;

    @Test
    void theProcessorAndEachGpuHaveAName() {
        assertThat(device("cpu")).isEqualTo(ComputeDevice.CPU);
        assertThat(ComputeDevice.of(Map.of())).isEqualTo(ComputeDevice.CPU);
        assertThat(device("gpu")).isEqualTo(new ComputeDevice(Optional.of(0), true, false));
        assertThat(device("gpu:3")).isEqualTo(new ComputeDevice(Optional.of(3), false, false));
        assertThatThrownBy(() -> device("cuda"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("NORMLAB_DEVICE")
                .hasMessageContaining("'cuda', expected cpu, gpu or gpu:<number>");
        assertThatThrownBy(() -> ComputeDevice.of(Map.of("NORMLAB_TF32", "1")))
                .hasMessageContaining("NORMLAB_TF32")
                .hasMessageContaining("expected on or off");
    }

    @Test
    void theProcessorsClassIsThatOfTheMachine() {
        assertThat(device("cpu").deviceClass()).isEqualTo(Machine.current().deviceClass());
        assertThat(device("cpu").gpus()).isEmpty();
    }

    @Test
    void allGpusOfTheFirstOnesKindAreMeantOrOneAlone() throws IOException {
        NvidiaSmi smi = mixed();
        assertThat(device("gpu").gpus(smi, Optional.empty()))
                .extracting(Gpu::index)
                .containsExactly(0, 2);
        assertThat(device("gpu:1").gpus(smi, Optional.empty()))
                .extracting(Gpu::index)
                .containsExactly(1);
        assertThat(device("gpu").gpus(smi, Optional.of("1")))
                .extracting(Gpu::index)
                .containsExactly(1);
        assertThatThrownBy(() -> device("gpu:3").gpus(smi, Optional.empty()))
                .hasMessageContaining("is gpu:3, but there are 3 GPUs");
        assertThatThrownBy(() -> device("gpu").gpus(smi, Optional.of("7")))
                .hasMessageContaining("there are 0 GPUs with CUDA_VISIBLE_DEVICES=7");
    }

    @Test
    void tf32IsPartOfTheClassWhereTheGpuHasIt() throws IOException {
        NvidiaSmi smi = mixed();
        Map<String, String> on = Map.of("NORMLAB_DEVICE", "gpu:0", "NORMLAB_TF32", "on");
        Map<String, String> older = Map.of("NORMLAB_DEVICE", "gpu:1", "NORMLAB_TF32", "on");
        assertThat(device("gpu").deviceClass(smi)).isEqualTo("cuda-NVIDIA_A100-SXM4-40GB-8.0");
        assertThat(ComputeDevice.of(on).deviceClass(smi)).isEqualTo("cuda-NVIDIA_A100-SXM4-40GB-8.0-tf32");
        assertThat(ComputeDevice.of(older).deviceClass(smi)).isEqualTo("cuda-Tesla_V100-SXM2-16GB-7.0");
    }

    @Test
    void aProcessIsBoundToOneGpuAndComputesAsItsClassSays() {
        Gpu gpu = new Gpu("NVIDIA A2", "GPU-00000005-0000", 5, "550.54.15", "8.6", 15_356);
        assertThat(device("gpu").variables(gpu))
                .containsEntry("CUDA_VISIBLE_DEVICES", "GPU-00000005-0000")
                .containsEntry("NORMLAB_DEVICE", "gpu")
                .containsEntry("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
                .containsEntry("NVIDIA_TF32_OVERRIDE", "0");
        ComputeDevice tf32 = ComputeDevice.of(Map.of("NORMLAB_DEVICE", "gpu", "NORMLAB_TF32", "on"));
        assertThat(tf32.variables(gpu))
                .containsEntry("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE", "1")
                .doesNotContainKey("NVIDIA_TF32_OVERRIDE");
    }

    @Test
    void aGpuThatTheDriverOrPyTorchDoesNotSeeIsRefusedWithWhatToDo() throws IOException {
        NvidiaSmi broken = new NvidiaSmi(FakeNvidiaSmi.failing(folder, 9, "Driver/library version mismatch")
                .toString());
        assertThatThrownBy(() -> device("gpu").gpus(broken, Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("nvidia-smi says: Driver/library version mismatch; ./normlab doctor says");
        assertThatThrownBy(() -> new ComputeDevice(Optional.of(99), false, true).open())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("gpu setup");
    }

    @Test
    void aProcessThatWouldComputeInTf32UnderAKeyThatSaysOtherwiseDoesNotStart() {
        assertThatThrownBy(() -> device("gpu").open())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("NVIDIA_TF32_OVERRIDE");
    }

    @Test
    void theDeviceOfTheEnvironmentComputesAConvolutionAndItsGradient() {
        assertThat(DeviceCheck.compute()).contains("are right on cpu");
    }

    private NvidiaSmi mixed() throws IOException {
        return new NvidiaSmi(FakeNvidiaSmi.listing(
                        folder,
                        FakeNvidiaSmi.gpu(0, "NVIDIA A100-SXM4-40GB", "8.0", 40_960),
                        FakeNvidiaSmi.gpu(1, "Tesla V100-SXM2-16GB", "7.0", 16_384),
                        FakeNvidiaSmi.gpu(2, "NVIDIA A100-SXM4-40GB", "8.0", 40_960))
                .toString());
    }

    private static ComputeDevice device(String text) {
        return ComputeDevice.of(Map.of("NORMLAB_DEVICE", text));
    }
}
