package normlab.campaign;

import java.util.Optional;
import normlab.experiment.Experiment;
import normlab.json.Json;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.trial.StoreLayout;

/** One campaign in the store. */
public final class CampaignArchive {
    private final ArtifactStore store;
    private final String prefix;

    public CampaignArchive(ArtifactStore store, String campaign) {
        this.store = store;
        this.prefix = StoreLayout.campaign(campaign);
    }

    /** Key of a file of this campaign, such as {@code report/report.html}. */
    public String key(String file) {
        return prefix + "/" + file;
    }

    /** Records the campaign and its resolved experiment, before anything starts. */
    public void open(CampaignRecord record, Experiment experiment) {
        store.putIfAbsent(key("experiment.json"), Json.bytes(experiment));
        store.putIfAbsent(key("run.json"), Json.bytes(record));
    }

    /** @throws StoreException saying what to do, as each read of a file of a campaign does, if the file is damaged */
    public Optional<CampaignRecord> record() {
        return read("run.json", CampaignRecord.class);
    }

    public Experiment experiment() {
        return read("experiment.json", Experiment.class)
                .orElseThrow(() -> new StoreException("[" + key("experiment.json") + "] does not exist", false));
    }

    /** Keeps the registration that the campaign starts with, as its file has it. */
    public void writeRegistration(byte[] registration) {
        store.putIfAbsent(key("registration.json"), registration);
    }

    /** Absent if the experiment had none. */
    public Optional<byte[]> registration() {
        return store.get(key("registration.json"));
    }

    public void writePlan(CampaignPlan plan) {
        store.put(key("plan.json"), Json.bytes(plan));
    }

    public Optional<CampaignPlan> plan() {
        return read("plan.json", CampaignPlan.class);
    }

    /** How the campaign ended, if it ended without a report. */
    public Optional<Abort> abort() {
        return read("abort.json", Abort.class);
    }

    public void writeAbort(Abort abort) {
        store.put(key("abort.json"), Json.bytes(abort));
    }

    /** The campaign continues. */
    public void deleteAbort() {
        store.delete(key("abort.json"));
    }

    /** Nothing else holds what stands here, so nobody can make it again. */
    private <T> Optional<T> read(String file, Class<T> type) {
        try {
            return store.get(key(file)).map(bytes -> Json.read(bytes, type, key(file)));
        } catch (StoreException e) {
            if (e.damagedKey().isEmpty()) {
                throw e;
            }
            throw StoreException.damaged(
                    key(file),
                    "%s; it cannot be made again: start the campaign again, which finds in the cache what is trained"
                            .formatted(e.getMessage()));
        }
    }
}
