package normlab.task;

import java.util.Optional;
import normlab.provenance.Machine;

/** A task that needed more memory than it may have: the next attempt would need as much. */
public final class MemoryExhausted {
    /** What PyTorch says on the CPU, in two versions, and on a GPU. */
    private static final String NATIVE = "(?s).*(not enough memory|can't allocate memory|out of memory).*";

    private MemoryExhausted() {}

    /**
     * The permanent failure that says so.
     *
     * @param task what ran, for the message
     * @return empty if memory is not the reason
     */
    public static Optional<TaskFailure> reason(String task, Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            String message = String.valueOf(each.getMessage());
            boolean heap = each instanceof OutOfMemoryError;
            if (heap || each instanceof RuntimeException && message.matches(NATIVE)) {
                return Optional.of(TaskFailure.permanent(
                        "[%s] ran out of memory (%s): this process may use %d MiB of Java heap, and the machine has %d MiB; lower recipe.batchSize, or NORMLAB_SLOTS if several trainings share the machine, or take a larger machine: ./normlab plan says how much an experiment needs"
                                .formatted(
                                        task,
                                        message.lines().findFirst().orElse(""),
                                        Runtime.getRuntime().maxMemory() >> 20,
                                        Machine.current().memoryMiB()),
                        failure));
            }
        }
        return Optional.empty();
    }
}
