package normlab.app.worker;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.port.ArtifactStore;
import normlab.provenance.TrainingStack;

/**
 * What a cluster's trials are planned for: what the coordinator itself would train with, or, where {@code NORMLAB_TRAIN_ON}
 * begins a device class ({@code cuda}, {@code cpu-amd64-GenuineIntel}), what workers on such a device have said that they
 * train with.
 *
 * @param wanted beginning of a device class
 */
record PlannedStack(ArtifactStore store, TrainingStack own, Optional<String> wanted)
        implements Supplier<TrainingStack> {
    private static final String VARIABLE = "NORMLAB_TRAIN_ON";
    private static final String FOLDER = "workers/";

    static PlannedStack ofEnvironment(ArtifactStore store, TrainingStack own) {
        return new PlannedStack(
                store, own, Optional.ofNullable(System.getenv(VARIABLE)).filter(text -> !text.isBlank()));
    }

    /** Says what a worker of this device trains with. */
    static void announce(ArtifactStore store, TrainingStack stack) {
        store.put(FOLDER + stack.deviceClass() + ".json", Json.bytes(stack));
    }

    /** @throws InvalidInputException if no worker on such a device has said so, or workers on several devices have */
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
