package normlab.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import normlab.json.InvalidInputException;
import normlab.learning.ComputeDevice;
import normlab.provenance.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotsTest {
    private static final long PLENTY = 64 * Slots.MEMORY_OF_A_SLOT_MIB;
    private static final ComputeDevice CPU = new ComputeDevice(Optional.empty());

    @Test
    void eachCoreHasASlotOfOneThreadWhileMemorySuffices() {
        assertThat(Slots.of(machine(4, PLENTY), CPU, Optional.empty())).isEqualTo(new Slots(4, 1));
        assertThat(Slots.of(machine(4, 3 * Slots.MEMORY_OF_A_SLOT_MIB - 1), CPU, Optional.empty()))
                .isEqualTo(new Slots(2, 1));
    }

    @Test
    void aMachineThatIsTooSmallForOneSlotHasOneAllTheSame() {
        assertThat(Slots.of(machine(4, Slots.MEMORY_OF_A_SLOT_MIB / 2), CPU, Optional.empty()))
                .isEqualTo(new Slots(1, 1));
    }

    @Test
    void aGpuHasOneSlotHoweverManyCoresThereAre() {
        ComputeDevice gpu = new ComputeDevice(Optional.of(0));
        assertThat(Slots.of(machine(16, PLENTY), gpu, Optional.empty())).isEqualTo(new Slots(1, 1));
        assertThat(Slots.of(machine(16, PLENTY), gpu, Optional.of("2"))).isEqualTo(new Slots(2, 1));
    }

    @Test
    void theVariableHasTheLastWord() {
        assertThat(Slots.of(machine(2, PLENTY), CPU, Optional.of("7"))).isEqualTo(new Slots(7, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "0", "-1", "two", "1.5", "2 ", "1000", "99999999999"})
    void whatIsNoNumberOfProcessesIsRefusedByName(String value) {
        assertThatThrownBy(() -> Slots.of(machine(2, PLENTY), CPU, Optional.of(value)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "[NORMLAB_SLOTS] 1 problem: is '%s', expected a number of training processes from 1 to 999"
                                .formatted(value));
    }

    private static Machine machine(int cores, long memoryMiB) {
        return new Machine("Linux", "test", cores, memoryMiB, "test VM", "cpu-test");
    }
}
