package normlab.app.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import normlab.app.tracking.CampaignTracking;
import normlab.campaign.CampaignArchive;
import normlab.campaign.CampaignPlan;
import normlab.campaign.CampaignPlan.PlannedTrial;
import normlab.campaign.CampaignRecord;
import normlab.dataset.DatasetCatalog;
import normlab.experiment.ArmTrial;
import normlab.experiment.Experiment;
import normlab.json.InvalidInputException;
import normlab.port.ArtifactStore;
import normlab.provenance.TrainingStack;
import normlab.provenance.TrialIdentity;
import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.Tasks.PlanInput;
import normlab.task.Tasks.PlanOutput;
import normlab.task.Tasks.PrepareDatasetInput;
import normlab.task.Tasks.TrialInput;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;

/**
 * Turns a campaign's experiment into trials, each under its key, and leaves out those that are complete: of those, every
 * byte is verified against its hash.
 */
public final class Plan implements Task<PlanInput, PlanOutput> {
    private final ArtifactStore store;
    private final DatasetCatalog datasets;
    private final Supplier<TrainingStack> stack;
    private final CampaignTracking tracking;
    private final Repair repair;

    /** @param stack what the training slots train with, asked for each campaign */
    public Plan(
            ArtifactStore store, DatasetCatalog datasets, Supplier<TrainingStack> stack, CampaignTracking tracking) {
        this.store = store;
        this.datasets = datasets;
        this.stack = stack;
        this.tracking = tracking;
        this.repair = new Repair(store);
    }

    @Override
    public String name() {
        return "plan";
    }

    @Override
    public Class<PlanInput> inputType() {
        return PlanInput.class;
    }

    @Override
    public PlanOutput run(PlanInput input, TaskContext context) throws TaskFailure {
        CampaignArchive archive = new CampaignArchive(store, input.campaign());
        CampaignRecord record = archive.record()
                .orElseThrow(() -> TaskFailure.permanent("[" + input.campaign() + "] has no run.json in the store"));
        Experiment experiment = archive.experiment();
        String fingerprint = datasets.fingerprint(experiment.dataset());
        CampaignPlan plan = archive.plan().orElseGet(() -> plan(archive, record, experiment, fingerprint));
        tracking.started(input.campaign());
        List<TrialInput> toTrain = toTrain(input.campaign(), plan);
        List<PrepareDatasetInput> toPrepare =
                toTrain.isEmpty() ? List.of() : List.of(new PrepareDatasetInput(experiment.dataset(), fingerprint));
        context.log("%d trials, %d of them cached"
                .formatted(plan.trials().size(), plan.trials().size() - toTrain.size()));
        return new PlanOutput(toPrepare, toTrain, plan.trials().size() - toTrain.size());
    }

    /**
     * The trials that the stored plan of a campaign leaves to train.
     *
     * @throws InvalidInputException if the campaign has no plan
     */
    public List<TrialInput> trialsToTrain(String campaign) {
        CampaignPlan plan = new CampaignArchive(store, campaign)
                .plan()
                .orElseThrow(
                        () -> new InvalidInputException(campaign, "has no plan in the store: resume the campaign"));
        return toTrain(campaign, plan);
    }

    private static List<TrialInput> toTrain(String campaign, CampaignPlan plan) {
        return plan.trials().stream()
                .filter(t -> !t.cached())
                .map(t -> new TrialInput(campaign, t.id()))
                .toList();
    }

    private CampaignPlan plan(
            CampaignArchive campaign, CampaignRecord record, Experiment experiment, String fingerprint) {
        List<PlannedTrial> planned = new ArrayList<>();
        TrainingStack planFor = stack.get();
        for (ArmTrial trial : experiment.trials()) {
            TrialIdentity identity = new TrialIdentity(trial.spec(), fingerprint, planFor);
            String key = identity.key();
            // A campaign that trains afresh does so beside the original: results are written once, so the two can be
            // compared.
            TrialId id = record.trainsAfresh() ? TrialId.of(record.id(), key) : TrialId.shared(key);
            TrialArchive archive = new TrialArchive(store, id);
            boolean repaired = repair.check(id.prefix());
            boolean complete = archive.isComplete();
            if (repaired || !complete) {
                archive.writeIdentity(identity);
            }
            planned.add(new PlannedTrial(id, trial.arm(), trial.label(), complete));
        }
        CampaignPlan plan = new CampaignPlan(planned);
        campaign.writePlan(plan);
        return plan;
    }
}
