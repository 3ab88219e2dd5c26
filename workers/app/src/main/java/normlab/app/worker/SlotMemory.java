package normlab.app.worker;

import java.util.Optional;
import normlab.app.config.Slots;
import normlab.json.InvalidInputException;
import normlab.provenance.Machine;

/**
 * Memory that a training process of a cluster may fill, as {@code NORMLAB_SLOT_MEMORY_GIB} says; without it, its share of
 * its GPU, or all of its container or machine.
 *
 * @param mib in MiB
 */
record SlotMemory(long mib) {
    private static final String VARIABLE = "NORMLAB_SLOT_MEMORY_GIB";

    static SlotMemory ofEnvironment() {
        return new SlotMemory(Optional.ofNullable(System.getenv(VARIABLE))
                .filter(text -> !text.isBlank())
                .map(SlotMemory::parse)
                .or(() -> Slots.ofThisMachine().gpuMemoryMiB())
                .orElseGet(() -> Machine.current().memoryMiB()));
    }

    static long parse(String text) {
        if (!text.matches("[1-9][0-9]{0,3}")) {
            throw new InvalidInputException(VARIABLE, "is '" + text + "', expected GiB from 1 to 9999");
        }
        return Long.parseLong(text) * 1024;
    }
}
