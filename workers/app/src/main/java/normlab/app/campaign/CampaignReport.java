package normlab.app.campaign;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.app.campaign.CampaignContents.Trial;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.port.TrackedRun.Attachment;
import normlab.report.Report;
import normlab.report.campaign.CampaignResults;
import normlab.report.campaign.RerunVerdict;
import normlab.report.campaign.TrialOutcome;
import normlab.report.claim.ClaimSet;
import normlab.report.claim.Findings;
import normlab.trial.TrainingRecord;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;

/** Makes the report of a campaign from what the store holds. */
public final class CampaignReport {
    private final ArtifactStore store;
    private final ClaimSet claims;

    /** @param claims that reports read their campaigns for */
    public CampaignReport(ArtifactStore store, ClaimSet claims) {
        this.store = store;
        this.claims = claims;
    }

    /** Renders the report and keeps the ending for a later {@link #again}. */
    public Report write(CampaignContents contents, Ending ending) {
        ending.write(store, contents.record().id());
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

    /** The report's files by path, as they lie in the store below the run and as the tracking server shows them. */
    public static List<Attachment> files(Report report) {
        List<Attachment> files = new ArrayList<>();
        report.files().forEach((name, bytes) -> files.add(Attachment.of("report/" + name, bytes)));
        files.add(Attachment.of("report/summary.txt", report.terminalTable().getBytes(StandardCharsets.UTF_8)));
        return files;
    }

    private CampaignResults results(CampaignContents contents) {
        return results(
                contents,
                contents.ending()
                        .orElseThrow(() -> new StoreException(
                                "[%s] has no report yet: it has not ended, or ended without one; `./normlab status` says how far it is"
                                        .formatted(contents.record().id()),
                                false)));
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
        TrialId id = trial.planned().id();
        return new TrialOutcome(
                trial.planned(),
                trial.identity().spec(),
                trial.result(),
                trial.journal(),
                trial.probes(),
                Optional.ofNullable(ending.failures().get(id)),
                Optional.ofNullable(ending.trialPages().get(id)),
                ending.attempts(trial.planned()));
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
                    .flatMap(t -> modelOf(t.planned().id()));
            modelOf(trial.planned().id())
                    .ifPresent(then ->
                            verdicts.add(new RerunVerdict(trial.planned().label(), then, now)));
        }
        return verdicts;
    }

    private Optional<String> modelOf(TrialId trial) {
        return new TrialArchive(store, trial).training().map(TrainingRecord::modelSha256);
    }
}
