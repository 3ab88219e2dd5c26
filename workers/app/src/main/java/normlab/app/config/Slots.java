package normlab.app.config;

import java.util.Optional;
import normlab.json.InvalidInputException;
import normlab.learning.ComputeDevice;
import normlab.provenance.Machine;

/**
 * How the machine's cores are shared out: training processes side by side, and threads of each. One-thread processes
 * give the most images a second in all, as long as memory suffices.
 */
public record Slots(int count, int threads) {
    /** A training process with its images and natives. */
    public static final long MEMORY_OF_A_SLOT_MIB = 1536;

    private static final String VARIABLE = "NORMLAB_SLOTS";

    /**
     * One a core, fewer where memory is short, and one where {@code NORMLAB_DEVICE} names a GPU; {@code NORMLAB_SLOTS}
     * overrides.
     *
     * @throws InvalidInputException if the variable is not such a number
     */
    public static Slots ofThisMachine() {
        return of(Machine.current(), ComputeDevice.ofEnvironment(), Optional.ofNullable(System.getenv(VARIABLE)));
    }

    static Slots of(Machine machine, ComputeDevice device, Optional<String> wanted) {
        return new Slots(wanted.map(Slots::parse).orElseGet(() -> usual(machine, device)), 1);
    }

    private static int usual(Machine machine, ComputeDevice device) {
        long fitting = Math.max(1, machine.memoryMiB() / MEMORY_OF_A_SLOT_MIB);
        return device.gpu().isPresent() ? 1 : (int) Math.min(machine.cores(), fitting);
    }

    private static int parse(String text) {
        if (!text.matches("[1-9][0-9]{0,2}")) {
            throw new InvalidInputException(
                    VARIABLE, "is '" + text + "', expected a number of training processes from 1 to 999");
        }
        return Integer.parseInt(text);
    }
}
