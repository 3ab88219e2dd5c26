package normlab.trial;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.provenance.TrialIdentity;

/** One trial in the store. {@code result.json} is written last and once: its presence means the trial is complete. */
public final class TrialArchive {
    private static final String JOURNAL = "journal.jsonl";
    private static final String PROBES = "probes.jsonl";
    private static final String TRAINING = "training.json";
    private static final String TRAINED_BY = "trained-by.jsonl";
    private static final String PROGRESS = "progress/";
    private static final String CHECKPOINT = "checkpoint/";

    private final ArtifactStore store;
    private final TrialId id;

    public TrialArchive(ArtifactStore store, TrialId id) {
        this.store = store;
        this.id = id;
    }

    public TrialId id() {
        return id;
    }

    /** Key of a file of this trial, such as {@code model.safetensors}. */
    public String key(String file) {
        return id.prefix() + "/" + file;
    }

    public boolean isComplete() {
        return store.exists(key("result.json"));
    }

    public void writeIdentity(TrialIdentity identity) {
        store.putIfAbsent(key("spec.json"), Json.bytes(identity));
    }

    public boolean hasIdentity() {
        return store.exists(key("spec.json"));
    }

    public TrialIdentity identity() {
        return Json.read(store.require(key("spec.json")), TrialIdentity.class, key("spec.json"));
    }

    /** One row per epoch; while training runs, the rows up to now. */
    public List<JournalRow> journal() {
        return rows(JOURNAL, JournalRow.class);
    }

    /** In the order of their steps; empty for a trial without probes. */
    public List<ProbeRow> probes() {
        return rows(PROBES, ProbeRow.class);
    }

    /** Shows the rows of a training that runs. Another process that trains the same trial may show different ones. */
    public void showProgress(List<JournalRow> journal, List<ProbeRow> probes) {
        store.put(key(PROGRESS + JOURNAL), lines(journal));
        if (!probes.isEmpty()) {
            store.put(key(PROGRESS + PROBES), lines(probes));
        }
    }

    /**
     * Keeps model and rows of a training that has ended, then its record, whose presence makes them final: a twin that
     * comes second changes nothing. What an earlier attempt left half written is replaced.
     *
     * @param model safetensors
     * @return the record that counts
     */
    public TrainingRecord complete(
            ByteBuffer model, List<JournalRow> journal, List<ProbeRow> probes, TrainingRecord record) {
        if (training().isEmpty()) {
            keepModel(model);
            keep(
                    JOURNAL,
                    lines(journal),
                    stored -> read(stored, JOURNAL, JournalRow.class).size() == journal.size());
            if (!probes.isEmpty()) {
                keep(
                        PROBES,
                        lines(probes),
                        stored -> read(stored, PROBES, ProbeRow.class).size() == probes.size());
            }
            store.putIfAbsent(key(TRAINING), Json.bytes(record));
        }
        return training().orElseThrow();
    }

    private void keepModel(ByteBuffer model) {
        String key = key("model.safetensors");
        if (!store.putIfAbsent(key, model)
                && !isWhole(() -> model(ByteBuffer::allocateDirect).equals(model))) {
            store.put(key, model);
        }
    }

    private void keep(String file, byte[] bytes, Predicate<byte[]> whole) {
        if (!store.putIfAbsent(key(file), bytes)
                && !isWhole(() -> store.get(key(file)).filter(whole).isPresent())) {
            store.put(key(file), bytes);
        }
    }

    private static boolean isWhole(BooleanSupplier look) {
        try {
            return look.getAsBoolean();
        } catch (StoreException e) {
            if (e.retryable()) {
                throw e;
            }
            return false;
        } catch (InvalidInputException e) {
            return false;
        }
    }

    /** In the order of the epochs. */
    public List<ResourceRow> resources() {
        return rows("resources.jsonl", ResourceRow.class);
    }

    public void writeResources(List<ResourceRow> rows) {
        store.put(key("resources.jsonl"), lines(rows));
    }

    /** The campaigns that trained it, in the order in which they began; none of a trial from before this was kept. */
    public List<TrainedBy> trainedBy() {
        return rows(TRAINED_BY, TrainedBy.class);
    }

    /** Adds a campaign that begins to train it, once. */
    public void addTrainedBy(TrainedBy row) {
        List<TrainedBy> rows = new ArrayList<>(trainedBy());
        if (rows.stream().noneMatch(r -> r.campaign().equals(row.campaign()))) {
            rows.add(row);
            store.put(key(TRAINED_BY), lines(rows));
        }
    }

    private <T> List<T> rows(String file, Class<T> type) {
        return store.get(key(file))
                .or(() -> store.get(key(PROGRESS + file)))
                .map(text -> read(text, file, type))
                .orElse(List.of());
    }

    private <T> List<T> read(byte[] text, String file, Class<T> type) {
        return new String(text, StandardCharsets.UTF_8)
                .lines()
                .map(line -> Json.read(line.getBytes(StandardCharsets.UTF_8), type, key(file)))
                .toList();
    }

    private static byte[] lines(List<?> rows) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (Object row : rows) {
            text.writeBytes(Json.bytes(row));
            text.write('\n');
        }
        return text.toByteArray();
    }

    public Optional<TrainingRecord> training() {
        return store.get(key(TRAINING)).map(b -> Json.read(b, TrainingRecord.class, key(TRAINING)));
    }

    /** Whether training has ended: what it left is final. */
    public boolean isTrained() {
        return store.exists(key(TRAINING));
    }

    public Optional<TrialResult> result() {
        return store.get(key("result.json")).map(b -> Json.read(b, TrialResult.class, key("result.json")));
    }

    public boolean writeResult(TrialResult result) {
        return store.putIfAbsent(key("result.json"), Json.bytes(result));
    }

    public byte[] model() {
        return store.require(key("model.safetensors"));
    }

    /** @param memory where the model is read to */
    public ByteBuffer model(IntFunction<ByteBuffer> memory) {
        return store.require(key("model.safetensors"), memory);
    }

    /** Optimizer steps of the checkpoints that are there, newest first. */
    public List<Long> checkpoints() {
        return store.list(key(CHECKPOINT)).stream()
                .map(k -> k.substring(key(CHECKPOINT).length()))
                .filter(name -> name.matches("[0-9]+"))
                .map(Long::valueOf)
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /**
     * @param memory where it is read to
     * @throws StoreException or {@link InvalidInputException} if it is damaged
     */
    public Optional<Checkpoint> checkpoint(long step, IntFunction<ByteBuffer> memory) {
        return store.get(checkpointKey(step), memory).map(b -> Checkpoint.decode(b, checkpointKey(step)));
    }

    /** Writes a checkpoint and drops the older ones but the newest of them. */
    public void writeCheckpoint(long step, Checkpoint checkpoint) {
        store.put(checkpointKey(step), checkpoint.encode());
        checkpoints().stream()
                .filter(s -> s < step)
                .skip(1)
                .map(this::checkpointKey)
                .forEach(store::delete);
    }

    /** Deletes what is needed only while training runs. */
    public void deleteProgress() {
        store.list(key(CHECKPOINT)).forEach(store::delete);
        store.list(key(PROGRESS)).forEach(store::delete);
    }

    private String checkpointKey(long step) {
        return key(CHECKPOINT + "%012d".formatted(step));
    }
}
