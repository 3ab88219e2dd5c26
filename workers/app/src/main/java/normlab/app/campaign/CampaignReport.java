package normlab.app.campaign;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.app.campaign.CampaignContents.Trial;
import normlab.json.Json;
import normlab.port.ArtifactStore;
import normlab.report.Report;
import normlab.report.campaign.CampaignResults;
import normlab.report.campaign.RerunVerdict;
import normlab.report.campaign.TrialOutcome;
import normlab.report.claim.ClaimSet;
import normlab.report.claim.Findings;
import normlab.trial.RunArchive;
import normlab.trial.TrainingRecord;
import normlab.trial.TrialArchive;

/** Makes the report of a campaign from what the store holds. */
public final class CampaignReport {
    /** File of the facts of a campaign's end, so that its report can be written again, byte for byte. */
    private static final String ENDING = "ending.json";

    private final ArtifactStore store;
    private final ClaimSet claims;

    /** @param claims that reports read their campaigns for */
    public CampaignReport(ArtifactStore store, ClaimSet claims) {
        this.store = store;
        this.claims = claims;
    }

    /**
     * What the results do not say themselves.
     *
     * @param trialPages page of each trial on the tracking server, by store prefix
     * @param failures why trials have no result, by store prefix
     * @param slots training processes that ran side by side
     */
    public record Ending(
            Instant endedAt,
            int slots,
            Optional<String> campaignPage,
            Optional<String> workflowId,
            Map<String, String> trialPages,
            Map<String, String> failures) {}

    /** Renders the report and keeps the ending for a later {@link #again}. */
    public Report write(CampaignContents contents, Ending ending) {
        store.put(key(contents), Json.bytes(ending));
        return Report.of(results(contents, ending), claims);
    }

    /** Renders the report of an ended campaign from its stored results. */
    public Report again(CampaignContents contents) {
        return Report.of(results(contents), claims);
    }

    /** The verdicts on the claims, from the stored results of an ended campaign. */
    public Findings findings(CampaignContents contents) {
        return Findings.of(results(contents), claims);
    }

    private CampaignResults results(CampaignContents contents) {
        String key = key(contents);
        return results(contents, Json.read(store.require(key), Ending.class, key));
    }

    private String key(CampaignContents contents) {
        return new RunArchive(store, contents.record().run()).key(ENDING);
    }

    private CampaignResults results(CampaignContents contents, Ending ending) {
        List<TrialOutcome> outcomes =
                contents.trials().stream().map(t -> outcome(t, ending)).toList();
        return new CampaignResults(
                contents.record(),
                contents.experiment(),
                outcomes,
                contents.record().startedAt(),
                ending.endedAt(),
                ending.slots(),
                ending.campaignPage(),
                ending.workflowId(),
                rerun(contents));
    }

    private static TrialOutcome outcome(Trial trial, Ending ending) {
        String prefix = trial.planned().prefix();
        return new TrialOutcome(
                trial.planned(),
                trial.identity().spec(),
                trial.result(),
                trial.journal(),
                trial.probes(),
                Optional.ofNullable(ending.failures().get(prefix)),
                Optional.ofNullable(ending.trialPages().get(prefix)));
    }

    /** Model against model, where the campaign repeats another. */
    public List<RerunVerdict> rerun(CampaignContents contents) {
        if (contents.record().rerunOf().isEmpty()) {
            return List.of();
        }
        CampaignContents original =
                CampaignContents.read(store, contents.record().rerunOf().get());
        List<RerunVerdict> verdicts = new ArrayList<>();
        for (Trial trial : original.trials()) {
            Optional<String> now = contents.trials().stream()
                    .filter(t -> t.planned().label().equals(trial.planned().label()))
                    .findFirst()
                    .flatMap(t -> modelOf(t.planned().prefix()));
            modelOf(trial.planned().prefix())
                    .ifPresent(then ->
                            verdicts.add(new RerunVerdict(trial.planned().label(), then, now)));
        }
        return verdicts;
    }

    private Optional<String> modelOf(String prefix) {
        return new TrialArchive(store, prefix).training().map(TrainingRecord::modelSha256);
    }
}
