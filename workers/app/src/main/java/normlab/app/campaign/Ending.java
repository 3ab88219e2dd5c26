package normlab.app.campaign;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import normlab.app.campaign.CampaignContents.Trial;
import normlab.campaign.CampaignArchive;
import normlab.campaign.CampaignPlan.PlannedTrial;
import normlab.json.Json;
import normlab.port.ArtifactStore;
import normlab.registration.RegistrationStatus;
import normlab.task.TaskAttempt;
import normlab.trial.JournalRow;
import normlab.trial.ProbeRow;
import normlab.trial.TrialId;

/**
 * What the results of a campaign do not say themselves. Kept in the store when the report is written, so that it can be
 * written again, byte for byte.
 *
 * @param slots training processes that ran side by side
 * @param failures why trials have no result
 * @param timelines attempts of each trial: queued, started, ended, and why there was another; none for
 *     campaigns that ended before this was kept
 * @param unfinished what trials without a result had left. Another campaign may train them later, which changes nothing
 *     about this one; absent for campaigns that ended before this was kept
 * @param registration whether it kept to a registration; absent for campaigns that ended before there were any
 */
@JsonIgnoreProperties({"campaignPage", "trialPages"}) // of earlier versions, whose reports held MLflow's addresses
public record Ending(
        Instant endedAt,
        int slots,
        Optional<String> workflowId,
        Map<TrialId, String> failures,
        Optional<Map<TrialId, List<TaskAttempt>>> timelines,
        Optional<Map<TrialId, Progress>> unfinished,
        Optional<RegistrationStatus> registration) {
    private static final String FILE = "ending.json";

    public Ending {
        failures = Map.copyOf(failures);
        timelines = timelines.map(Map::copyOf);
        unfinished = unfinished.map(Map::copyOf);
    }

    /** The rows of a training that has not ended, up to where it got. */
    public record Progress(List<JournalRow> journal, List<ProbeRow> probes) {
        public Progress {
            journal = List.copyOf(journal);
            probes = List.copyOf(probes);
        }
    }

    /** What those of the trials have left that have no result. */
    public static Map<TrialId, Progress> unfinished(List<Trial> trials) {
        return trials.stream()
                .filter(t -> t.result().isEmpty())
                .collect(Collectors.toMap(t -> t.planned().id(), t -> new Progress(t.journal(), t.probes())));
    }

    /** A trial as it was when the campaign ended. */
    Trial asEnded(Trial trial) {
        return unfinished
                .map(all -> all.get(trial.planned().id()))
                .map(left -> new Trial(
                        trial.planned(),
                        trial.identity(),
                        left.journal(),
                        left.probes(),
                        trial.resources(),
                        Optional.empty()))
                .orElse(trial);
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
