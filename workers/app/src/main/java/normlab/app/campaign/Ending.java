package normlab.app.campaign;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.campaign.CampaignArchive;
import normlab.campaign.CampaignPlan.PlannedTrial;
import normlab.json.Json;
import normlab.port.ArtifactStore;
import normlab.task.TaskAttempt;
import normlab.trial.TrialId;

/**
 * What the results of a campaign do not say themselves. Kept in the store when the report is written, so that it can be
 * written again, byte for byte.
 *
 * @param slots training processes that ran side by side
 * @param failures why trials have no result
 * @param timelines attempts of each trial: queued, started, ended, and why there was another; none for
 *     campaigns that ended before this was kept
 */
@JsonIgnoreProperties({"campaignPage", "trialPages"}) // of earlier versions, whose reports held MLflow's addresses
public record Ending(
        Instant endedAt,
        int slots,
        Optional<String> workflowId,
        Map<TrialId, String> failures,
        Optional<Map<TrialId, List<TaskAttempt>>> timelines) {
    private static final String FILE = "ending.json";

    public Ending {
        failures = Map.copyOf(failures);
        timelines = timelines.map(Map::copyOf);
    }

    /** Why the trial has no result, if it failed. */
    public Optional<String> failure(PlannedTrial trial) {
        return Optional.ofNullable(failures.get(trial.id()));
    }

    /** In the order in which they were queued; none of a cached trial. */
    List<TaskAttempt> attempts(PlannedTrial trial) {
        return timelines.map(t -> t.getOrDefault(trial.id(), List.of())).orElse(List.of());
    }

    /** Empty for a campaign that has not ended. */
    public static Optional<Ending> of(ArtifactStore store, String campaign) {
        String key = new CampaignArchive(store, campaign).key(FILE);
        return store.get(key).map(bytes -> Json.read(bytes, Ending.class, key));
    }

    void write(ArtifactStore store, String campaign) {
        store.put(new CampaignArchive(store, campaign).key(FILE), Json.bytes(this));
    }
}
