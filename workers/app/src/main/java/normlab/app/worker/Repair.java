package normlab.app.worker;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import normlab.json.Json;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.trial.PreparedDataset;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room for what is damaged and can be made again. Keys come from content and training is deterministic, so what is
 * made again is what was lost. Only who has the proof, bytes that do not fit their hash, moves an object, and moves it
 * aside, out of the way of the conditional write that is to come; a second look before that finds it whole where another
 * process has mended it.
 */
public final class Repair {
    private static final Logger LOG = LoggerFactory.getLogger(Repair.class);
    /** Only a training makes these; its record and the result that rests on it must go for it to happen. */
    private static final List<String> TRAINED =
            List.of("training.json", "model.safetensors", "journal.jsonl", "probes.jsonl");

    private final ArtifactStore store;

    public Repair(ArtifactStore store) {
        this.store = store;
    }

    /**
     * Reads what lies below a prefix, and makes room for what is damaged. Checkpoints are left to those who use them.
     *
     * @return whether something was damaged
     */
    public boolean check(String prefix) {
        return store.list(prefix + "/").stream()
                        .filter(key -> !key.contains("/checkpoint/"))
                        .filter(this::makeRoom)
                        .count()
                > 0;
    }

    /**
     * Reads a prepared dataset, if there is one, and makes room for what is damaged of it. Shards, of which a dataset has
     * thousands, are left to those who use them.
     *
     * @return whether something was damaged
     */
    public boolean checkDataset(String name, String fingerprint) {
        String key = PreparedDataset.key(name, fingerprint);
        if (makeRoom(key)) {
            return true;
        }
        return store.get(key).map(bytes -> Json.read(bytes, PreparedDataset.class, key)).stream()
                        .flatMap(dataset -> Stream.of(dataset.train(), dataset.validation(), dataset.test()))
                        .filter(part -> part.shards().isEmpty())
                        .flatMap(part -> part.keys().stream())
                        .filter(this::makeRoom)
                        .count()
                > 0;
    }

    /**
     * Looks again, and makes room for an object that is still damaged.
     *
     * @return whether it was, and is such that it can be made again: part of a dataset or of a trial
     */
    public boolean makeRoom(String key) {
        Optional<TrialId> trial = TrialId.holding(key);
        if (trial.isEmpty() && !key.startsWith("datasets/")) {
            return false;
        }
        try {
            store.verify(key);
            return false;
        } catch (StoreException e) {
            if (e.damagedKey().isEmpty()) {
                throw e;
            }
            LOG.warn("{}; it is set aside, to be made again", e.getMessage());
        }
        trial.map(id -> new TrialArchive(store, id))
                .filter(archive -> TRAINED.stream().map(archive::key).anyMatch(key::equals))
                .ifPresent(archive -> {
                    store.setAside(archive.key("result.json"));
                    store.setAside(archive.key("training.json"));
                });
        store.setAside(key);
        return true;
    }
}
