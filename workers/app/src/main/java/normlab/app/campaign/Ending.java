package normlab.app.campaign;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.json.Json;
import normlab.platform.conductor.Step;
import normlab.port.ArtifactStore;
import normlab.report.campaign.Attempt;
import normlab.trial.RunArchive;
import normlab.trial.RunPlan.PlannedTrial;

/**
 * What the results of a campaign do not say themselves; kept in the store, so that its report can be written again, byte
 * for byte.
 *
 * @param slots training processes that ran side by side
 * @param campaignPage on the tracking server
 * @param trialPages page of each trial on the tracking server, by store prefix
 * @param failures why trials have no result, by store prefix
 * @param timelines attempts of each trial, by store prefix: queued, started, ended, and why there was another; none for
 *     campaigns that ended before this was kept
 */
public record Ending(
        Instant endedAt,
        int slots,
        Optional<String> campaignPage,
        Optional<String> workflowId,
        Map<String, String> trialPages,
        Map<String, String> failures,
        Optional<Map<String, List<Step>>> timelines) {
    private static final String FILE = "ending.json";

    public Ending {
        trialPages = Map.copyOf(trialPages);
        failures = Map.copyOf(failures);
        timelines = timelines.map(Map::copyOf);
    }

    /** Why the trial has no result, if it failed. */
    Optional<String> failure(PlannedTrial trial) {
        return Optional.ofNullable(failures.get(trial.prefix()));
    }

    /** In the order in which they were queued; none of a cached trial. */
    List<Attempt> attempts(PlannedTrial trial) {
        return timelines.map(t -> t.getOrDefault(trial.prefix(), List.of())).orElse(List.of()).stream()
                .map(Ending::attempt)
                .toList();
    }

    private static Attempt attempt(Step step) {
        Attempt.Outcome outcome = switch (step.status()) {
            case SCHEDULED, RUNNING -> Attempt.Outcome.OPEN;
            case COMPLETED -> Attempt.Outcome.COMPLETED;
            case FAILED -> Attempt.Outcome.FAILED;
            case CANCELLED -> Attempt.Outcome.CANCELLED;
        };
        return new Attempt(
                step.name(),
                step.attempt(),
                outcome,
                step.worker(),
                step.queuedAt(),
                step.startedAt(),
                step.endedAt(),
                step.reason(),
                step.workflow());
    }

    Ending with(CampaignTracking.Pages pages) {
        return new Ending(
                endedAt, slots, Optional.of(pages.campaign()), workflowId, pages.trials(), failures, timelines);
    }

    /** Empty for a campaign that has not ended. */
    public static Optional<Ending> of(ArtifactStore store, String run) {
        String key = new RunArchive(store, run).key(FILE);
        return store.get(key).map(bytes -> Json.read(bytes, Ending.class, key));
    }

    void write(ArtifactStore store, String run) {
        store.put(new RunArchive(store, run).key(FILE), Json.bytes(this));
    }
}
