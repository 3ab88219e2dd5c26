package normlab.app.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.app.campaign.CampaignContents.Trial;
import normlab.app.registration.Rules;
import normlab.campaign.CampaignArchive;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.registration.RegistrationStatus;
import normlab.registration.RegistrationStatus.Kind;
import normlab.report.Report;
import normlab.report.campaign.CampaignResults;
import normlab.report.campaign.RerunVerdict;
import normlab.report.campaign.TrialOutcome;
import normlab.report.claim.ClaimSet;
import normlab.report.claim.ClaimVerdict;
import normlab.report.claim.Findings;
import normlab.trial.PreparedDataset;
import normlab.trial.TrialId;

/** Makes the report of a campaign from what the store holds. */
public final class CampaignReport {
    /** Below a campaign, in the store as on the tracking server. */
    public static final String FOLDER = "report/";

    private final ArtifactStore store;
    private final ClaimSet claims;

    /** @param claims that reports read their campaigns for */
    public CampaignReport(ArtifactStore store, ClaimSet claims) {
        this.store = store;
        this.claims = claims;
    }

    /**
     * Writes the report of a campaign that has just ended, with all that it rests on, into the store. The ending is
     * written last: where it is, the report is whole.
     *
     * @param contents with their ending
     */
    public Report write(CampaignContents contents) {
        Report report = again(contents);
        CampaignArchive archive = new CampaignArchive(store, contents.record().id());
        report.files().forEach((name, bytes) -> store.put(archive.key(FOLDER + name), bytes));
        contents.ending().orElseThrow().write(store, contents.record().id());
        return report;
    }

    /** Renders the report of an ended campaign from its stored results. */
    public Report again(CampaignContents contents) {
        return Report.of(results(contents), claims);
    }

    /** The verdicts on the claims, from the stored results of an ended campaign. */
    public Findings findings(CampaignContents contents) {
        return Findings.of(results(contents), claims);
    }

    /** The verdicts on the claims about averages, pooled over the networks and datasets of several ended campaigns. */
    public List<ClaimVerdict> averages(List<CampaignContents> campaigns) {
        return Findings.averages(campaigns.stream().map(this::results).toList(), claims);
    }

    private CampaignResults results(CampaignContents contents) {
        return results(
                contents.asEnded(),
                contents.ending()
                        .orElseThrow(() -> new StoreException(
                                "[%s] has no report yet: it has not ended, or ended without a report; ./normlab status shows its state"
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
                ending.workflowId(),
                rerun(contents),
                registration(ending),
                classes(contents));
    }

    /** From the manifest of the prepared dataset, which is in the store and in every bundle. */
    private List<String> classes(CampaignContents contents) {
        return contents.trials().stream()
                .findFirst()
                .flatMap(trial -> PreparedDataset.of(store, trial.identity()))
                .map(PreparedDataset::classes)
                .orElse(List.of());
    }

    /** As it was when the campaign ended, if its claims are still judged by the same rules. */
    private RegistrationStatus registration(Ending ending) {
        RegistrationStatus then = ending.registration().orElse(RegistrationStatus.none());
        boolean judgedOtherwise = then.rules()
                .filter(rules -> !rules.equals(Rules.of(claims).sha256()))
                .isPresent();
        return then.kind() != Kind.EXPLORATORY && judgedOtherwise
                ? then.exploratory(List.of("judged by other rules than those that %s registered"
                        .formatted(then.registration().orElse(""))))
                : then;
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
                ending.attempts(trial.planned()));
    }

    /** Model against model, where the campaign repeats another. */
    public List<RerunVerdict> rerun(CampaignContents contents) {
        if (contents.record().rerunOf().isEmpty()) {
            return List.of();
        }
        CampaignContents original =
                CampaignContents.read(store, contents.record().rerunOf().get()).asEnded();
        List<RerunVerdict> verdicts = new ArrayList<>();
        for (Trial trial : original.trials()) {
            Optional<String> now = contents.trials().stream()
                    .filter(t -> t.planned().label().equals(trial.planned().label()))
                    .findFirst()
                    .flatMap(CampaignReport::model);
            model(trial)
                    .ifPresent(then ->
                            verdicts.add(new RerunVerdict(trial.planned().label(), then, now)));
        }
        return verdicts;
    }

    private static Optional<String> model(Trial trial) {
        return trial.result().map(r -> r.training().modelSha256());
    }
}
