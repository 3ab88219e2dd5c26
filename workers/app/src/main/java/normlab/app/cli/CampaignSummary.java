package normlab.app.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import normlab.app.config.Home;
import normlab.app.trace.RerunComparison;
import normlab.campaign.CampaignArchive;
import normlab.campaign.CampaignPlan;
import normlab.campaign.CampaignRecord;
import normlab.campaign.CampaignStatus;
import normlab.platform.conductor.Campaign;
import normlab.platform.conductor.CampaignState;
import normlab.platform.conductor.TrialBranch;
import normlab.port.ArtifactStore;
import normlab.task.TaskStatus;
import normlab.task.Tasks.ReportOutput;
import normlab.trial.Outcome;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;

/**
 * A campaign as {@code --json} prints it.
 *
 * @param report file of the HTML report on this machine, once it is written
 * @param mlflowUrl page of the campaign, once the report is written
 * @param rerun how its models compare, where it repeats another campaign that has just ended
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record CampaignSummary(
        String run,
        String experiment,
        CampaignStatus state,
        Trials trials,
        Instant startedAt,
        Optional<Instant> endedAt,
        Optional<String> report,
        Optional<String> mlflowUrl,
        Optional<String> reason,
        Optional<RerunComparison> rerun) {
    /** Counts; {@code complete} includes the cached and the diverged ones. */
    public record Trials(int total, int complete, int cached, int failed, int diverged) {}

    public static CampaignSummary of(CampaignState state, CampaignRecord record, ArtifactStore store, Home home) {
        Campaign campaign = state.campaign();
        Optional<CampaignPlan> plan = new CampaignArchive(store, record.id()).plan();
        String file = home.reports(record.id()).resolve("report.html").toString();
        return new CampaignSummary(
                record.id(),
                record.experiment(),
                campaign.status(),
                plan.map(p -> trials(p, state, store)).orElse(new Trials(0, 0, 0, 0, 0)),
                record.startedAt(),
                campaign.endedAt(),
                Optional.of(file).filter(f -> Files.exists(Path.of(f))),
                state.report().map(ReportOutput::mlflowRun),
                campaign.reason(),
                Optional.empty());
    }

    CampaignSummary with(RerunComparison comparison) {
        return new CampaignSummary(
                run, experiment, state, trials, startedAt, endedAt, report, mlflowUrl, reason, Optional.of(comparison));
    }

    private static Trials trials(CampaignPlan plan, CampaignState state, ArtifactStore store) {
        int cached = (int)
                plan.trials().stream().filter(CampaignPlan.PlannedTrial::cached).count();
        return state.report()
                .map(r -> new Trials(r.trials(), r.trials() - r.failed(), cached, r.failed(), r.diverged()))
                .orElseGet(() -> count(plan, cached, state, store));
    }

    private static Trials count(CampaignPlan plan, int cached, CampaignState state, ArtifactStore store) {
        Map<TrialId, TrialBranch> branches =
                state.trials().stream().collect(Collectors.toMap(TrialBranch::trial, Function.identity()));
        int complete = 0;
        int failed = 0;
        int diverged = 0;
        for (CampaignPlan.PlannedTrial trial : plan.trials()) {
            Optional<TaskStatus> branch =
                    Optional.ofNullable(branches.get(trial.id())).map(TrialBranch::status);
            boolean done = trial.cached() || branch.equals(Optional.of(TaskStatus.COMPLETED));
            complete += done ? 1 : 0;
            failed += branch.equals(Optional.of(TaskStatus.FAILED)) ? 1 : 0;
            diverged += done && diverged(store, trial.id()) ? 1 : 0;
        }
        return new Trials(plan.trials().size(), complete, cached, failed, diverged);
    }

    private static boolean diverged(ArtifactStore store, TrialId trial) {
        return new TrialArchive(store, trial)
                .training()
                .filter(t -> t.outcome() == Outcome.DIVERGED)
                .isPresent();
    }
}
