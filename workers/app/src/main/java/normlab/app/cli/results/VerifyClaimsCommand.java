package normlab.app.cli.results;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.CampaignReport;
import normlab.app.campaign.ClaimFile;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Output;
import normlab.app.cli.StoredResults;
import normlab.app.config.Home;
import normlab.experiment.Arm;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.json.StrictBinding;
import normlab.report.claim.ClaimSet;
import normlab.report.claim.ClaimVerdict;
import normlab.report.claim.Standing;
import normlab.report.text.ClaimLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads the claims of workflows/claims from a campaign's stored results. */
@Command(
        name = "verify-claims",
        description = "Judge each claim of the abstract by a campaign's results, with the statistical tests used.")
public final class VerifyClaimsCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "CAMPAIGN",
            arity = "1..*",
            description =
                    "Id of the campaign, as `status` lists it. Of several, only the claims about averages are judged, over all their networks and datasets together.")
    private List<String> runs = List.of();

    @Option(
            names = "--require",
            split = ",",
            paramLabel = "CLAIM",
            description = "Exit with code 3 unless all of these claims are supported, for example C7,C8.")
    private List<String> required = List.of();

    @Mixin
    private Output output = new Output();

    /**
     * What {@code --json} prints.
     *
     * @param run the campaign, or several with spaces between them
     */
    public record Printed(String run, String source, List<ClaimVerdict> verdicts) {}

    @Override
    public Integer call() {
        ClaimSet claims = ClaimFile.read(Home.current());
        for (String id : required) {
            if (!claims.ids().contains(id)) {
                throw new InvalidInputException(
                        "--require " + id, "is not a claim" + StrictBinding.suggestion(id, claims.ids()));
            }
        }
        try (StoredResults stored = StoredResults.of(Home.current())) {
            runs.forEach(stored::campaign);
            CampaignReport reports = new CampaignReport(stored.required(), claims);
            List<CampaignContents> campaigns = runs.stream()
                    .map(run -> CampaignContents.read(stored.required(), run))
                    .toList();
            return print(
                    claims.source(),
                    campaigns.size() == 1
                            ? reports.findings(campaigns.getFirst()).verdicts()
                            : reports.averages(campaigns),
                    output.out());
        }
    }

    private int print(String source, List<ClaimVerdict> verdicts, PrintWriter out) {
        Map<String, Standing> found =
                verdicts.stream().collect(Collectors.toMap(v -> v.claim().id(), ClaimVerdict::standing));
        List<String> missed = required.stream()
                .filter(id -> found.get(id) != Standing.SUPPORTED)
                .map(id -> id + " is "
                        + found.getOrDefault(id, Standing.NOT_TESTED).words())
                .toList();
        if (output.json()) {
            out.println(Json.write(new Printed(String.join(" ", runs), source, verdicts)));
        } else {
            out.print(ClaimLines.terminal(verdicts));
            out.println(Arm.DISCLAIMER);
            out.println("A claim that fails here fails for the reconstruction.");
            if (runs.size() > 1) {
                out.println("Exploratory: no registration covers several campaigns.");
            }
            missed.forEach(m -> out.println("Required: " + m));
        }
        out.flush();
        return missed.isEmpty() ? ExitCode.DONE : ExitCode.CLAIM_NOT_SUPPORTED;
    }
}
