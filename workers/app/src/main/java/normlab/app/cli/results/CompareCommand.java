package normlab.app.cli.results;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.CampaignReport;
import normlab.app.campaign.ClaimFile;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Output;
import normlab.app.cli.StoredResults;
import normlab.app.config.Home;
import normlab.json.Json;
import normlab.report.campaign.CampaignResults;
import normlab.report.compare.CampaignDifference;
import normlab.report.page.Page;
import normlab.report.text.DifferenceLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says what differs between two ended campaigns, here and as a page. */
@Command(
        name = "compare",
        description = "Show what differs between two ended campaigns: specification, environment and results.")
public final class CompareCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "CAMPAIGN", description = "Id of the first campaign.")
    private String first = "";

    @Parameters(index = "1", paramLabel = "CAMPAIGN", description = "Id of the second campaign.")
    private String second = "";

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws IOException {
        Home home = Home.current();
        try (StoredResults stored = StoredResults.of(home)) {
            CampaignDifference difference = CampaignDifference.of(results(stored, first), results(stored, second));
            PrintWriter out = output.out();
            if (output.json()) {
                out.println(Json.write(difference));
            } else {
                Path page = home.reports(second).resolve("beside-" + first + ".html");
                Files.createDirectories(page.resolveSibling("."));
                Files.writeString(page, Page.of(difference));
                out.print(DifferenceLines.of(difference));
                out.println("\nPage:   " + page);
            }
            out.flush();
            return ExitCode.DONE;
        }
    }

    private static CampaignResults results(StoredResults stored, String run) {
        stored.campaign(run);
        return new CampaignReport(stored.required(), ClaimFile.read(Home.current()))
                .findings(CampaignContents.read(stored.required(), run))
                .campaign();
    }
}
