package normlab.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import normlab.app.config.Home;
import normlab.app.config.Slots;
import normlab.learning.Gpu;
import normlab.platform.process.ProcessSpec;
import org.junit.jupiter.api.Test;

class GpuSlotsTest {
    @Test
    void eachSlotIsBoundToItsGpuAndTheCoordinatorToTheFirst() {
        Slots slots = new Slots(4, 1, List.of(gpu(0), gpu(1)));
        List<ProcessSpec> workers = new StackProcesses(Home.current()).workers(slots);
        assertThat(workers)
                .extracting(ProcessSpec::name, worker -> worker.environment().get("CUDA_VISIBLE_DEVICES"))
                .containsExactly(
                        tuple("coordinator", "GPU-0"),
                        tuple("slot-1", "GPU-0"),
                        tuple("slot-2", "GPU-1"),
                        tuple("slot-3", "GPU-0"),
                        tuple("slot-4", "GPU-1"));
        assertThat(workers)
                .allSatisfy(worker -> assertThat(worker.environment())
                        .containsEntry("NORMLAB_DEVICE", "gpu")
                        .containsEntry("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
                        .containsEntry("NVIDIA_TF32_OVERRIDE", "0"));
    }

    @Test
    void onAProcessorNothingOfAGpuIsSet() {
        assertThat(new StackProcesses(Home.current()).workers(new Slots(1, 1)))
                .allSatisfy(worker -> assertThat(worker.environment())
                        .doesNotContainKeys("CUDA_VISIBLE_DEVICES", "CUBLAS_WORKSPACE_CONFIG", "NVIDIA_TF32_OVERRIDE"));
    }

    private static Gpu gpu(int index) {
        return new Gpu("NVIDIA A2", "GPU-" + index, index, "550.54.15", "8.6", 15_356);
    }
}
