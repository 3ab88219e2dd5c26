package normlab.app.campaign;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import normlab.app.campaign.CampaignContents.Trial;
import normlab.campaign.Abort;
import normlab.campaign.CampaignArchive;
import normlab.campaign.CampaignPlan;
import normlab.campaign.CampaignPlan.PlannedTrial;
import normlab.campaign.CampaignRecord;
import normlab.experiment.Experiment;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.provenance.TrialIdentity;
import normlab.trial.JournalRow;
import normlab.trial.ProbeRow;
import normlab.trial.ResourceRow;
import normlab.trial.TrialArchive;
import normlab.trial.TrialResult;

/**
 * Everything the store holds of a campaign.
 *
 * @param abort how it ended without a report
 * @param ending of a campaign that has its report, or is about to
 */
public record CampaignContents(
        CampaignRecord record,
        Experiment experiment,
        CampaignPlan plan,
        List<Trial> trials,
        Optional<Abort> abort,
        Optional<Ending> ending) {
    public CampaignContents {
        trials = List.copyOf(trials);
    }

    /** A planned trial with what it has left so far. */
    public record Trial(
            PlannedTrial planned,
            TrialIdentity identity,
            List<JournalRow> journal,
            List<ProbeRow> probes,
            List<ResourceRow> resources,
            Optional<TrialResult> result) {}

    /** @throws StoreException naming the campaign, if the store has no such campaign or no plan of it */
    public static CampaignContents read(ArtifactStore store, String campaign) {
        return read(store, campaign, trial -> true);
    }

    /** The same with only some of the trials read: a campaign has hundreds. */
    public static CampaignContents read(ArtifactStore store, String campaign, Predicate<PlannedTrial> wanted) {
        CampaignArchive archive = new CampaignArchive(store, campaign);
        CampaignRecord record = archive.record().orElseThrow(() -> absent(campaign, "run.json"));
        CampaignPlan plan = archive.plan().orElseThrow(() -> absent(campaign, "plan.json"));
        List<Trial> trials = plan.trials().parallelStream()
                .filter(wanted)
                .map(t -> trial(store, t))
                .toList();
        return new CampaignContents(
                record, archive.experiment(), plan, trials, archive.abort(), Ending.of(store, campaign));
    }

    /** The same campaign, ended so. */
    public CampaignContents with(Ending ending) {
        return new CampaignContents(record, experiment, plan, trials, abort, Optional.of(ending));
    }

    /** The campaign as it was when it ended: what others have trained since is left out. */
    public CampaignContents asEnded() {
        return ending.map(e -> new CampaignContents(
                        record,
                        experiment,
                        plan,
                        trials.stream().map(e::asEnded).toList(),
                        abort,
                        ending))
                .orElse(this);
    }

    private static StoreException absent(String campaign, String file) {
        return new StoreException(
                "[%s] has no %s in the store: it is not a campaign, or was not planned; `./normlab status` lists the campaigns"
                        .formatted(campaign, file),
                false);
    }

    /** One of its trials, with what it has left so far. */
    public static Trial trial(ArtifactStore store, PlannedTrial planned) {
        TrialArchive archive = new TrialArchive(store, planned.id());
        Optional<TrialResult> result = archive.result();
        TrialIdentity identity = result.map(TrialResult::identity).orElseGet(archive::identity);
        List<ProbeRow> probes = identity.spec().probes().isPresent() ? archive.probes() : List.of();
        return new Trial(planned, identity, archive.journal(), probes, archive.resources(), result);
    }
}
