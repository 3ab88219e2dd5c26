package normlab.app.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.json.InvalidInputException;
import normlab.learning.ComputeDevice;
import normlab.learning.Gpu;
import normlab.provenance.Machine;

/**
 * How the machine is shared out: training processes side by side, and threads of each. One-thread processes give the most
 * images a second in all, as long as memory suffices.
 *
 * @param gpus dealt out to the slots in turn; empty: they train on the processor
 */
public record Slots(int count, int threads, List<Gpu> gpus) {
    /** A training process with its images and natives. */
    public static final long MEMORY_OF_A_SLOT_MIB = 1536;

    private static final String VARIABLE = "NORMLAB_SLOTS";
    private static final String PER_GPU = "NORMLAB_SLOTS_PER_GPU";

    public Slots {
        gpus = List.copyOf(gpus);
    }

    /** On the processor. */
    public Slots(int count, int threads) {
        this(count, threads, List.of());
    }

    /**
     * One a core, fewer where memory is short; where {@code NORMLAB_DEVICE} names GPUs, one a GPU, or as many as
     * {@code NORMLAB_SLOTS_PER_GPU} says. {@code NORMLAB_SLOTS} overrides the number of all.
     *
     * @throws InvalidInputException if a variable is not such a number, or the driver does not know the GPU
     */
    public static Slots ofThisMachine() {
        return of(Machine.current(), ComputeDevice.ofEnvironment().gpus(), System.getenv());
    }

    static Slots of(Machine machine, List<Gpu> gpus, Map<String, String> environment) {
        int perGpu = number(PER_GPU, environment).orElse(1);
        long fitting = Math.max(1, machine.memoryMiB() / MEMORY_OF_A_SLOT_MIB);
        int usual = gpus.isEmpty() ? (int) Math.min(machine.cores(), fitting) : gpus.size() * perGpu;
        return new Slots(number(VARIABLE, environment).orElse(usual), 1, gpus);
    }

    /** @throws InvalidInputException if a variable is not a number of processes */
    static void check(Map<String, String> environment) {
        number(VARIABLE, environment);
        number(PER_GPU, environment);
    }

    private static Optional<Integer> number(String variable, Map<String, String> environment) {
        return Optional.ofNullable(environment.get(variable)).map(text -> parse(variable, text));
    }

    private static int parse(String variable, String text) {
        if (!text.matches("[1-9][0-9]{0,2}")) {
            throw new InvalidInputException(
                    variable, "is '" + text + "', expected a number of training processes from 1 to 999");
        }
        return Integer.parseInt(text);
    }

    /**
     * Threads in which a slot decodes images ahead of its training: on a processor as many as train, since both want the
     * same cores; before a GPU the slot's share of the machine's.
     */
    public int decoding(int cores) {
        return gpus.isEmpty() ? threads : Math.max(1, cores / count);
    }

    /** @param slot from 1 */
    public Optional<Gpu> gpu(int slot) {
        return gpus.isEmpty() ? Optional.empty() : Optional.of(gpus.get((slot - 1) % gpus.size()));
    }

    /** Memory of a GPU that each of its slots may fill, where slots share it; empty without a GPU. */
    public Optional<Long> gpuMemoryMiB() {
        int sharing = gpus.isEmpty() ? 1 : Math.ceilDiv(count, gpus.size());
        return gpus.stream().map(Gpu::memoryMiB).min(Long::compare).map(mib -> mib / sharing);
    }
}
