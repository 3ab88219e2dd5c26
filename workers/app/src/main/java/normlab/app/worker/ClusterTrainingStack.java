package normlab.app.worker;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.port.ArtifactStore;
import normlab.provenance.TrainingStack;

/**
 * The training stack that the trials of a cluster are planned for: the coordinator's own, or, if {@code NORMLAB_TRAIN_ON}
 * is the beginning of a device class ({@code cuda}, {@code cpu-amd64-GenuineIntel}), the one that workers with such a device
 * have announced.
 *
 * @param wanted beginning of a device class
 */
record ClusterTrainingStack(ArtifactStore store, TrainingStack own, Optional<String> wanted)
        implements Supplier<TrainingStack> {
    private static final String VARIABLE = "NORMLAB_TRAIN_ON";
    private static final String FOLDER = "workers/";

    static ClusterTrainingStack ofEnvironment(ArtifactStore store, TrainingStack own) {
        return new ClusterTrainingStack(
                store, own, Optional.ofNullable(System.getenv(VARIABLE)).filter(text -> !text.isBlank()));
    }

    /** Announces what a worker with this device trains with. */
    static void announce(ArtifactStore store, TrainingStack stack) {
        store.put(FOLDER + stack.deviceClass() + ".json", Json.bytes(stack));
    }

    /** @throws InvalidInputException unless exactly one such device class has been announced */
    @Override
    public TrainingStack get() {
        if (wanted.isEmpty()) {
            return own;
        }
        List<String> found = store.list(FOLDER + wanted.get());
        if (found.size() != 1) {
            throw new InvalidInputException(
                    VARIABLE,
                    "is '%s', expected the beginning of one device class that a worker has announced; found %s"
                            .formatted(wanted.get(), found.isEmpty() ? "none: start a worker on it" : found));
        }
        String key = found.getFirst();
        return Json.read(store.require(key), TrainingStack.class, key);
    }
}
