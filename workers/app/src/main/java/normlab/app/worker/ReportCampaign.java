package normlab.app.worker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.CampaignReport;
import normlab.app.campaign.Ending;
import normlab.app.campaign.TrackedPages;
import normlab.app.registration.RegistrationCheck;
import normlab.app.registration.Rules;
import normlab.app.tracking.CampaignTracking;
import normlab.campaign.CampaignArchive;
import normlab.port.ArtifactStore;
import normlab.port.RunTracker;
import normlab.report.Report;
import normlab.report.claim.ClaimSet;
import normlab.task.Task;
import normlab.task.TaskAttempt;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;
import normlab.task.Tasks.ReportInput;
import normlab.task.Tasks.ReportOutput;
import normlab.trial.Outcome;
import normlab.trial.TrialId;

/**
 * Ends a campaign: writes its report from what the store holds, then shows both on the tracking server. Nothing flows
 * back.
 */
public final class ReportCampaign implements Task<ReportInput, ReportOutput> {
    private static final String REPORT = "report/report.html";
    private static final Duration OUTAGE_PAUSE = Duration.ofSeconds(10);

    private final ArtifactStore store;
    private final CampaignReport reports;
    private final CampaignTracking tracking;
    private final WorkflowFacts workflows;
    private final RegistrationCheck registrations;
    private final int slots;
    private final Clock clock;

    /** What only the workflow engine knows. */
    public interface WorkflowFacts {
        Optional<String> workflowId(String campaign);

        /** Why trials failed. */
        Map<TrialId, String> failures(String campaign);

        /** All attempts of each trial that was not cached. */
        Map<TrialId, List<TaskAttempt>> timelines(String campaign);
    }

    public ReportCampaign(
            ArtifactStore store,
            ClaimSet claims,
            CampaignTracking tracking,
            WorkflowFacts workflows,
            int slots,
            Clock clock) {
        this.store = store;
        this.reports = new CampaignReport(store, claims);
        this.tracking = tracking;
        this.workflows = workflows;
        this.registrations = new RegistrationCheck(store, Rules.of(claims));
        this.slots = slots;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "report";
    }

    @Override
    public Class<ReportInput> inputType() {
        return ReportInput.class;
    }

    @Override
    public ReportOutput run(ReportInput input, TaskContext context) throws TaskInProgress, TaskFailure {
        // A campaign that was ended and has gone on since is not an ended one, even if nobody has noticed yet.
        new CampaignArchive(store, input.campaign()).deleteAbort();
        CampaignContents contents = CampaignContents.read(store, input.campaign());
        Ending ending = ending(contents);
        CampaignContents ended = contents.with(ending);
        boolean written = contents.ending().equals(Optional.of(ending));
        Optional<Report> report = written ? Optional.empty() : Optional.of(reports.write(ended));
        try {
            tracking.present(ended);
            TrackedPages pages = tracking.ended(ended, report.orElseGet(() -> reports.again(ended)));
            String key = new CampaignArchive(store, input.campaign()).key(REPORT);
            context.log("report written: " + key);
            return output(contents, key, pages.campaign());
        } catch (RunTracker.TrackerException e) {
            throw waitForTracker(e, context);
        }
    }

    /** An outage delays the end of the campaign for as long as it lasts, and nothing else: the report is there. */
    private static TaskInProgress waitForTracker(RunTracker.TrackerException failure, TaskContext context)
            throws TaskFailure {
        String message = "the tracking server could not be brought up to date: " + failure.getMessage();
        if (!failure.retryable()) {
            throw TaskFailure.permanent(message + "; the report is written", failure);
        }
        context.log(
                "the report is written; the campaign ends when the tracking server is back: " + failure.getMessage());
        return new TaskInProgress(message, OUTAGE_PAUSE);
    }

    /** As an earlier attempt had it, where nothing has been trained since. */
    private Ending ending(CampaignContents contents) {
        String campaign = contents.record().id();
        Map<TrialId, String> failures = workflows.failures(campaign);
        Instant end = contents.ending()
                .filter(e -> e.failures().equals(failures))
                .map(Ending::endedAt)
                .filter(at -> contents.trials().stream()
                        .flatMap(t -> t.result().stream())
                        .noneMatch(r -> r.evaluatedAt().isAfter(at)))
                .orElseGet(clock::instant);
        return new Ending(
                end,
                slots,
                workflows.workflowId(campaign),
                failures,
                Optional.of(workflows.timelines(campaign)),
                Optional.of(Ending.unfinished(contents.trials())),
                Optional.of(registrations.status(contents.record(), contents.experiment(), contents.plan())));
    }

    private static ReportOutput output(CampaignContents contents, String report, String page) {
        long failed =
                contents.trials().stream().filter(t -> t.result().isEmpty()).count();
        long diverged = contents.trials().stream()
                .filter(t -> t.result()
                        .filter(r -> r.training().outcome() == Outcome.DIVERGED)
                        .isPresent())
                .count();
        return new ReportOutput(report, page, contents.trials().size(), (int) diverged, (int) failed);
    }
}
