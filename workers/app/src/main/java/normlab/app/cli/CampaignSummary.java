package normlab.app.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import normlab.app.campaign.Ending;
import normlab.app.campaign.TrackedPages;
import normlab.app.config.Home;
import normlab.app.trace.RerunComparison;
import normlab.campaign.Abort;
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
import normlab.trial.TrialResult;

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

    /**
     * A campaign as the store alone knows it: one that has neither ended nor been aborted goes on when the stack runs.
     */
    public static CampaignSummary of(CampaignRecord record, ArtifactStore store, Home home) {
        CampaignArchive archive = new CampaignArchive(store, record.id());
        Optional<Abort> abort = archive.abort();
        Optional<Ending> ending = Ending.of(store, record.id());
        CampaignStatus status =
                abort.map(Abort::kind).orElse(ending.isPresent() ? CampaignStatus.COMPLETED : CampaignStatus.RUNNING);
        Path file = home.reports(record.id()).resolve("report.html");
        return new CampaignSummary(
                record.id(),
                record.experiment(),
                status,
                archive.plan().map(plan -> stored(plan, ending, store)).orElse(new Trials(0, 0, 0, 0, 0)),
                record.startedAt(),
                abort.map(Abort::at).or(() -> ending.map(Ending::endedAt)),
                Optional.of(file).filter(Files::exists).map(Path::toString),
                TrackedPages.of(store, record.id()).map(TrackedPages::campaign),
                abort.map(Abort::reason),
                Optional.empty());
    }

    private static Trials stored(CampaignPlan plan, Optional<Ending> ending, ArtifactStore store) {
        List<TrialResult> results = plan.trials().parallelStream()
                .flatMap(trial -> new TrialArchive(store, trial.id()).result().stream())
                .toList();
        return new Trials(
                plan.trials().size(),
                results.size(),
                (int) plan.trials().stream()
                        .filter(CampaignPlan.PlannedTrial::cached)
                        .count(),
                ending.map(e -> plan.trials().size() - results.size()).orElse(0),
                (int) results.stream()
                        .filter(result -> result.training().outcome() == Outcome.DIVERGED)
                        .count());
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
