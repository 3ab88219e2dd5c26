package normlab.app.cli.results;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.CampaignReport;
import normlab.app.campaign.ClaimFile;
import normlab.app.campaign.TrackedPages;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Output;
import normlab.app.cli.ReportFiles;
import normlab.app.cli.StoredResults;
import normlab.app.cli.WrittenFile;
import normlab.app.config.Home;
import normlab.json.Json;
import normlab.report.Report;
import normlab.report.claim.ClaimVerdict;
import normlab.report.claim.Standing;
import normlab.trial.TrialId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * Writes a campaign's report again, from its stored results. If MLflow runs, what it shows of the campaign is brought up to
 * date, and made again if somebody deleted it.
 */
@Command(
        name = "report",
        description = "Write the report of an ended campaign again from its stored results; update MLflow.")
public final class ReportCommand implements Callable<Integer> {
    private static final String PAGE = "report.html";

    @Parameters(paramLabel = "CAMPAIGN", description = "Id of the campaign, as `status` lists it.")
    private String run = "";

    @Mixin
    private Output output = new Output();

    /**
     * What {@code --json} prints.
     *
     * @param report the HTML file
     * @param files below the folder: the page, the tables, the figures
     * @param mlflowUrl page of the campaign, where it has been shown
     * @param trialUrls pages of its trials, by label
     * @param claims where each stands, by its id
     */
    public record Printed(
            String run,
            String experiment,
            String report,
            String folder,
            List<WrittenFile> files,
            Optional<String> mlflowUrl,
            Map<String, String> trialUrls,
            Map<String, Standing> claims) {}

    @Override
    public Integer call() throws InterruptedException {
        Home home = Home.current();
        try (StoredResults stored = StoredResults.of(home)) {
            stored.campaign(run);
            CampaignContents contents = CampaignContents.read(stored.required(), run);
            Report report = new CampaignReport(stored.required(), ClaimFile.read(home)).again(contents);
            ShownCampaign.show(home, output.progress(), contents, report);
            List<WrittenFile> files = new ReportFiles(home, stored.required()).write(run, report);
            Optional<TrackedPages> pages = TrackedPages.of(stored.required(), run);
            PrintWriter out = output.out();
            if (output.json()) {
                out.println(Json.tree(printed(contents, report, files, pages, home.reports(run))));
            } else {
                out.println("Report:  " + home.reports(run).resolve(PAGE));
                pages.ifPresent(p -> out.println("MLflow:  " + p.campaign()));
            }
            out.flush();
            return ExitCode.DONE;
        }
    }

    private Printed printed(
            CampaignContents contents,
            Report report,
            List<WrittenFile> files,
            Optional<TrackedPages> pages,
            Path folder) {
        Map<String, Standing> claims = new TreeMap<>();
        for (ClaimVerdict verdict : report.findings().verdicts()) {
            claims.put(verdict.claim().id(), verdict.standing());
        }
        return new Printed(
                run,
                contents.record().experiment(),
                folder.resolve(PAGE).toString(),
                folder.toString(),
                files,
                pages.map(TrackedPages::campaign),
                trialUrls(contents, pages),
                claims);
    }

    private static Map<String, String> trialUrls(CampaignContents contents, Optional<TrackedPages> tracked) {
        Map<TrialId, String> pages = tracked.map(TrackedPages::trials).orElse(Map.of());
        Map<String, String> urls = new TreeMap<>();
        contents.trials().stream()
                .map(CampaignContents.Trial::planned)
                .filter(t -> pages.containsKey(t.id()))
                .forEach(t -> urls.put(t.label(), pages.get(t.id())));
        return urls;
    }
}
