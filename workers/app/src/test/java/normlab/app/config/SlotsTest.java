package normlab.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import normlab.json.InvalidInputException;
import normlab.learning.Gpu;
import normlab.provenance.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotsTest {
    private static final long PLENTY = 64 * Slots.MEMORY_OF_A_SLOT_MIB;
    private static final List<Gpu> CPU = List.of();

    @Test
    void eachCoreHasASlotOfOneThreadWhileMemorySuffices() {
        assertThat(Slots.of(machine(4, PLENTY), CPU, Map.of())).isEqualTo(new Slots(4, 1));
        assertThat(Slots.of(machine(4, 3 * Slots.MEMORY_OF_A_SLOT_MIB - 1), CPU, Map.of()))
                .isEqualTo(new Slots(2, 1));
    }

    @Test
    void aMachineThatIsTooSmallForOneSlotHasOneAllTheSame() {
        assertThat(Slots.of(machine(4, Slots.MEMORY_OF_A_SLOT_MIB / 2), CPU, Map.of()))
                .isEqualTo(new Slots(1, 1));
    }

    @Test
    void eachGpuHasASlotHoweverManyCoresThereAre() {
        Slots slots = Slots.of(machine(16, PLENTY), gpus(4), Map.of());
        assertThat(slots.count()).isEqualTo(4);
        assertThat(IntStream.rangeClosed(1, 4)
                        .mapToObj(i -> slots.gpu(i).orElseThrow().uuid()))
                .containsExactly("GPU-0", "GPU-1", "GPU-2", "GPU-3");
        assertThat(slots.gpuMemoryMiB()).contains(16_384L);
    }

    @Test
    void slotsThatShareAGpuShareItsMemory() {
        Slots slots = Slots.of(machine(16, PLENTY), gpus(2), Map.of("NORMLAB_SLOTS_PER_GPU", "2"));
        assertThat(IntStream.rangeClosed(1, 4)
                        .mapToObj(i -> slots.gpu(i).orElseThrow().uuid()))
                .containsExactly("GPU-0", "GPU-1", "GPU-0", "GPU-1");
        assertThat(slots.gpuMemoryMiB()).contains(8192L);
        assertThat(Slots.of(machine(16, PLENTY), gpus(2), Map.of("NORMLAB_SLOTS", "3"))
                        .gpuMemoryMiB())
                .contains(8192L);
    }

    @Test
    void imagesAreDecodedOnAllCoresOnlyBeforeAGpu() {
        assertThat(Slots.of(machine(16, PLENTY), gpus(4), Map.of()).decoding(16))
                .isEqualTo(4);
        assertThat(Slots.of(machine(2, PLENTY), gpus(4), Map.of()).decoding(2)).isEqualTo(1);
        assertThat(Slots.of(machine(16, PLENTY), CPU, Map.of()).decoding(16)).isEqualTo(1);
    }

    @Test
    void theVariableHasTheLastWord() {
        assertThat(Slots.of(machine(2, PLENTY), CPU, Map.of("NORMLAB_SLOTS", "7")))
                .isEqualTo(new Slots(7, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "0", "-1", "two", "1.5", "2 ", "1000", "99999999999"})
    void whatIsNoNumberOfProcessesIsRefusedByName(String value) {
        for (String name : List.of("NORMLAB_SLOTS", "NORMLAB_SLOTS_PER_GPU")) {
            assertThatThrownBy(() -> Slots.of(machine(2, PLENTY), CPU, Map.of(name, value)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(
                            "[%s] 1 problem: is '%s', expected a number of training processes from 1 to 999"
                                    .formatted(name, value));
        }
    }

    private static List<Gpu> gpus(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Gpu("NVIDIA A2", "GPU-" + i, i, "550.54.15", "8.6", 16_384))
                .toList();
    }

    private static Machine machine(int cores, long memoryMiB) {
        return new Machine("Linux", "test", cores, memoryMiB, "test VM", "cpu-test");
    }
}
