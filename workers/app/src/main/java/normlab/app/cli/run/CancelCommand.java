package normlab.app.cli.run;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import normlab.app.cli.CampaignSummary;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Output;
import normlab.app.cli.Session;
import normlab.app.config.Home;
import normlab.campaign.CampaignArchive;
import normlab.campaign.CampaignPlan;
import normlab.campaign.CampaignPlan.PlannedTrial;
import normlab.campaign.CampaignStatus;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.platform.conductor.CampaignState;
import normlab.platform.conductor.TrialBranch;
import normlab.platform.conductor.WorkflowEngine;
import normlab.task.TaskStatus;
import normlab.trial.TrialId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends a campaign before its time; what it has trained stays. */
@Command(name = "cancel", description = "Cancel a campaign. Its complete trials stay cached for later campaigns.")
public final class CancelCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CAMPAIGN", description = "Id of the campaign, as `status` lists it.")
    private String run = "";

    @Mixin
    private Output output = new Output();

    /**
     * What {@code --json} prints.
     *
     * @param before where the campaign stood
     * @param after where it stands; completed, if it ended by itself in the same moment
     * @param stopping labels of the trials that were in training: each stops within seconds, and its checkpoint stays
     * @param resume command that goes on with it
     */
    public record Printed(
            String run,
            CampaignStatus before,
            CampaignStatus after,
            CampaignSummary.Trials trials,
            List<String> stopping,
            String resume) {}

    @Override
    public Integer call() throws InterruptedException {
        try (Session session = Session.running(Home.current(), output.progress())) {
            WorkflowEngine engine = session.engine();
            String workflow = engine.workflowOf(run)
                    .orElseThrow(() -> new InvalidInputException(
                            run, "is not a campaign of this stack; ./normlab status lists them"));
            CampaignState before = engine.state(workflow);
            CampaignStatus status = before.campaign().status();
            if (status.ended()) {
                throw new InvalidInputException(run, "has ended (%s), so there is nothing to cancel".formatted(status));
            }
            engine.cancel(workflow, "cancelled by ./normlab cancel");
            output.out()
                    .println(
                            output.json()
                                    ? Json.tree(printed(session, before, engine.state(workflow)))
                                    : run + " is cancelled; continue it: " + resume());
            output.out().flush();
            return ExitCode.DONE;
        }
    }

    private Printed printed(Session session, CampaignState before, CampaignState after) {
        CampaignArchive archive = session.campaign(run);
        CampaignSummary now = CampaignSummary.of(
                after, archive.record().orElseThrow(), session.connections().store(), session.home());
        Set<TrialId> training = before.trials().stream()
                .filter(t -> t.status() == TaskStatus.RUNNING)
                .map(TrialBranch::trial)
                .collect(Collectors.toSet());
        List<String> stopping = archive.plan().map(CampaignPlan::trials).orElse(List.of()).stream()
                .filter(t -> training.contains(t.id()))
                .map(PlannedTrial::label)
                .toList();
        return new Printed(run, before.campaign().status(), now.state(), now.trials(), stopping, resume());
    }

    private String resume() {
        return "./normlab resume " + run;
    }
}
