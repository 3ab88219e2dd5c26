package normlab.trial;

import java.util.Optional;
import normlab.experiment.Experiment;
import normlab.json.Json;
import normlab.port.ArtifactStore;

/** One campaign in the store. */
public final class RunArchive {
    private final ArtifactStore store;
    private final String prefix;

    public RunArchive(ArtifactStore store, String run) {
        this.store = store;
        this.prefix = StoreLayout.run(run);
    }

    /** Key of a file of this run, such as {@code report/report.html}. */
    public String key(String file) {
        return prefix + "/" + file;
    }

    /** Records the campaign and its resolved experiment, before anything starts. */
    public void open(RunRecord record, Experiment experiment) {
        store.putIfAbsent(key("experiment.json"), Json.bytes(experiment));
        store.putIfAbsent(key("run.json"), Json.bytes(record));
    }

    public Optional<RunRecord> record() {
        return store.get(key("run.json")).map(b -> Json.read(b, RunRecord.class, key("run.json")));
    }

    public Experiment experiment() {
        return Json.read(store.require(key("experiment.json")), Experiment.class, key("experiment.json"));
    }

    public void writePlan(RunPlan plan) {
        store.put(key("plan.json"), Json.bytes(plan));
    }

    public Optional<RunPlan> plan() {
        return store.get(key("plan.json")).map(b -> Json.read(b, RunPlan.class, key("plan.json")));
    }

    /** How the campaign ended, if it ended without a report. */
    public Optional<Abort> abort() {
        return store.get(key("abort.json")).map(b -> Json.read(b, Abort.class, key("abort.json")));
    }

    public void writeAbort(Abort abort) {
        store.put(key("abort.json"), Json.bytes(abort));
    }

    /** The campaign goes on. */
    public void deleteAbort() {
        store.delete(key("abort.json"));
    }
}
