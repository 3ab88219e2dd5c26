package normlab.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import normlab.json.InvalidInputException;
import normlab.provenance.Machine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ComputeDeviceTest {
    @Test
    void theProcessorAndEachGpuHaveAName() {
        assertThat(ComputeDevice.parse("cpu").gpu()).isEmpty();
        assertThat(ComputeDevice.parse("gpu").gpu()).hasValue(0);
        assertThat(ComputeDevice.parse("gpu:3").gpu()).hasValue(3);
        assertThatThrownBy(() -> ComputeDevice.parse("cuda"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("NORMLAB_DEVICE")
                .hasMessageContaining("'cuda', expected cpu, gpu or gpu:<number>");
    }

    @Test
    void theProcessorsClassIsThatOfTheMachine() {
        assertThat(ComputeDevice.parse("cpu").deviceClass())
                .isEqualTo(Machine.current().deviceClass());
    }

    @Test
    void aGpuThatPyTorchDoesNotSeeIsRefusedWithWhatToDo() {
        assertThatThrownBy(() -> ComputeDevice.parse("gpu:99").open())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("PYTORCH_LIBRARY_PATH");
    }

    @Test
    @Tag("gpu")
    void aGpuIsOpenedAndNamed() {
        assumeTrue(Engine.getInstance().getGpuCount() > 0, "no GPU that PyTorch sees");
        ComputeDevice device = ComputeDevice.parse("gpu");
        assertThat(device.deviceClass()).startsWith("cuda-");
        try (NDManager manager = device.open()) {
            assertThat(manager.create(1f).add(1).getFloat()).isEqualTo(2f);
            assertThat(manager.getDevice().isGpu()).isTrue();
        }
    }
}
