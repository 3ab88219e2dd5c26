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
import normlab.app.cli.StoredResults;
import normlab.app.config.Home;
import normlab.json.Json;
import normlab.report.campaign.CampaignResults;
import normlab.report.compare.CampaignDifference;
import normlab.report.page.Page;
import normlab.report.text.DifferenceLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what differs between two ended campaigns, here and as a page. */
@Command(
        name = "compare",
        description = "Show what differs between two ended campaigns: specification, environment and results.")
public final class CompareCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "CAMPAIGN", description = "Id of the first campaign.")
    private String first = "";

    @Parameters(index = "1", paramLabel = "CAMPAIGN", description = "Id of the second campaign.")
    private String second = "";

    @Option(names = "--json", description = "Print the result as a JSON object, and no progress.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Home home = Home.current();
        try (StoredResults stored = StoredResults.of(home)) {
            CampaignDifference difference = CampaignDifference.of(results(stored, first), results(stored, second));
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
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
