package normlab.trial;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.json.Json;
import normlab.port.ArtifactStore;
import normlab.provenance.TrialIdentity;

/** One trial in the store. {@code result.json} is written last and once: its presence means the trial is complete. */
public final class TrialArchive {
    private final ArtifactStore store;
    private final String prefix;

    /** @param prefix for example {@code trials/<key>} */
    public TrialArchive(ArtifactStore store, String prefix) {
        this.store = store;
        this.prefix = prefix;
    }

    public String prefix() {
        return prefix;
    }

    /** Key of a file of this trial, such as {@code model.safetensors}. */
    public String key(String file) {
        return prefix + "/" + file;
    }

    public boolean isComplete() {
        return store.exists(key("result.json"));
    }

    public void writeIdentity(TrialIdentity identity) {
        store.putIfAbsent(key("spec.json"), Json.bytes(identity));
    }

    public TrialIdentity identity() {
        return Json.read(store.require(key("spec.json")), TrialIdentity.class, key("spec.json"));
    }

    public List<JournalRow> journal() {
        return rows("journal.jsonl", JournalRow.class);
    }

    public void writeJournal(List<JournalRow> rows) {
        writeRows("journal.jsonl", rows);
    }

    /** In the order of their steps; empty for a trial without probes. */
    public List<ProbeRow> probes() {
        return rows("probes.jsonl", ProbeRow.class);
    }

    public void writeProbes(List<ProbeRow> rows) {
        writeRows("probes.jsonl", rows);
    }

    private <T> List<T> rows(String file, Class<T> type) {
        List<T> rows = new ArrayList<>();
        byte[] text = store.get(key(file)).orElse(new byte[0]);
        for (String line : new String(text, StandardCharsets.UTF_8).lines().toList()) {
            rows.add(Json.read(line.getBytes(StandardCharsets.UTF_8), type, key(file)));
        }
        return rows;
    }

    private void writeRows(String file, List<?> rows) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (Object row : rows) {
            text.writeBytes(Json.bytes(row));
            text.write('\n');
        }
        store.put(key(file), text.toByteArray());
    }

    public Optional<TrainingRecord> training() {
        return store.get(key("training.json")).map(b -> Json.read(b, TrainingRecord.class, key("training.json")));
    }

    public boolean writeTraining(TrainingRecord record) {
        return store.putIfAbsent(key("training.json"), Json.bytes(record));
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

    public boolean writeModel(byte[] safetensors) {
        return store.putIfAbsent(key("model.safetensors"), safetensors);
    }

    public Optional<byte[]> checkpoint(int epoch) {
        return store.get(checkpointKey(epoch));
    }

    /** Writes the checkpoint after an epoch and drops all but the newest two. */
    public void writeCheckpoint(int epoch, byte[] safetensors) {
        store.put(checkpointKey(epoch), safetensors);
        if (epoch > 2) {
            store.delete(checkpointKey(epoch - 2));
        }
    }

    public void deleteCheckpoints() {
        store.list(key("checkpoint/")).forEach(store::delete);
    }

    private String checkpointKey(int epoch) {
        return key("checkpoint/epoch-%04d.safetensors".formatted(epoch));
    }
}
