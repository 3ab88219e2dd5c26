package normlab.app.worker;

import java.util.Optional;
import normlab.campaign.CampaignArchive;
import normlab.campaign.CampaignPlan;
import normlab.campaign.CampaignPlan.PlannedTrial;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;
import normlab.task.Tasks.ReportInput;
import normlab.task.Tasks.ReportOutput;
import normlab.trial.TrialId;

/** The report of a campaign; if a trial that it needs is damaged, the campaign fails in such a way that it can be resumed. */
record RepairingReport(Task<ReportInput, ReportOutput> task, ArtifactStore store, Repair repair)
        implements TaskDecorator<ReportInput, ReportOutput> {
    @Override
    public ReportOutput run(ReportInput input, TaskContext context) throws TaskFailure, TaskInProgress {
        try {
            return task.run(input, context);
        } catch (StoreException e) {
            String key = e.damagedKey().filter(repair::makeRoom).orElseThrow(() -> e);
            planAgain(new CampaignArchive(store, input.campaign()), key);
            throw TaskFailure.permanent(
                    "%s; it is set aside, and `./normlab resume %s` makes it again"
                            .formatted(e.getMessage(), input.campaign()),
                    e);
        }
    }

    /** A trial that was found complete counts as one to train. */
    private static void planAgain(CampaignArchive run, String key) {
        run.plan()
                .ifPresent(plan -> run.writePlan(new CampaignPlan(plan.trials().stream()
                        .map(t -> TrialId.holding(key).equals(Optional.of(t.id()))
                                ? new PlannedTrial(t.id(), t.arm(), t.label(), false)
                                : t)
                        .toList())));
    }
}
