package normlab.app.campaign;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.app.campaign.CampaignReport.Ending;
import normlab.port.ArtifactStore;
import normlab.port.RunTracker;
import normlab.port.TrackedRun.Attachment;
import normlab.report.Report;
import normlab.report.claim.ClaimSet;
import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.Tasks.ReportInput;
import normlab.task.Tasks.ReportOutput;
import normlab.trial.Outcome;
import normlab.trial.RunArchive;

/** Ends a campaign: the tracking server is brought up to date, the report is written and attached. */
public final class ReportCampaign implements Task<ReportInput, ReportOutput> {
    private final ArtifactStore store;
    private final ClaimSet claims;
    private final CampaignTracking tracking;
    private final WorkflowFacts workflows;
    private final int slots;
    private final Clock clock;

    /** What only the workflow engine knows. */
    public interface WorkflowFacts {
        Optional<String> workflowId(String run);

        /** Why trials failed, by store prefix. */
        Map<String, String> failures(String run);
    }

    public ReportCampaign(
            ArtifactStore store,
            ClaimSet claims,
            CampaignTracking tracking,
            WorkflowFacts workflows,
            int slots,
            Clock clock) {
        this.store = store;
        this.claims = claims;
        this.tracking = tracking;
        this.workflows = workflows;
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
    public ReportOutput run(ReportInput input, TaskContext context) throws TaskFailure {
        CampaignContents contents = CampaignContents.read(store, input.run());
        try {
            return finish(contents, tracking.reconcile(contents), context);
        } catch (RunTracker.TrackerException e) {
            throw TaskFailure.transientCause("the tracking server could not be brought up to date", e);
        }
    }

    private ReportOutput finish(CampaignContents contents, CampaignTracking.Pages pages, TaskContext context) {
        String run = contents.record().run();
        Ending ending = new Ending(
                clock.instant(),
                slots,
                Optional.of(pages.campaign()),
                workflows.workflowId(run),
                pages.trials(),
                workflows.failures(run));
        Report report = new CampaignReport(store, claims).write(contents, ending);
        RunArchive archive = new RunArchive(store, run);
        List<Attachment> files = files(report);
        files.forEach(f -> store.put(archive.key(f.path()), f.bytes()));
        boolean anyFailed = contents.trials().stream().anyMatch(t -> t.result().isEmpty());
        tracking.finished(
                contents, new Projection.Finding(ending.endedAt(), report.summaryMarkdown(), anyFailed), files);
        context.log("report written: " + archive.key("report/report.html"));
        return output(contents, archive.key("report/report.html"), pages.campaign());
    }

    /** The report's files by path, as they lie in the store below the run and as the tracking server shows them. */
    public static List<Attachment> files(Report report) {
        List<Attachment> files = new ArrayList<>();
        report.files().forEach((name, bytes) -> files.add(new Attachment("report/" + name, bytes)));
        files.add(new Attachment("report/summary.txt", report.terminalTable().getBytes(StandardCharsets.UTF_8)));
        return files;
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
