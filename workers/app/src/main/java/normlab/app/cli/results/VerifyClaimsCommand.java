package normlab.app.cli.results;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
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
import normlab.port.ArtifactStore;
import normlab.report.claim.ClaimSet;
import normlab.report.claim.ClaimVerdict;
import normlab.report.claim.Findings;
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
    @Parameters(paramLabel = "CAMPAIGN", description = "Id of the campaign, as `status` lists it.")
    private String run = "";

    @Option(
            names = "--require",
            split = ",",
            paramLabel = "CLAIM",
            description = "Exit with code 3 unless all of these claims are supported, for example C7,C8.")
    private List<String> required = List.of();

    @Mixin
    private Output output = new Output();

    /** What {@code --json} prints. */
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
            stored.campaign(run);
            ArtifactStore store = stored.required();
            Findings findings = new CampaignReport(store, claims).findings(CampaignContents.read(store, run));
            return print(findings, output.out());
        }
    }

    private int print(Findings findings, PrintWriter out) {
        List<String> missed = findings.verdicts().stream()
                .filter(v -> required.contains(v.claim().id()) && v.standing() != Standing.SUPPORTED)
                .map(v -> v.claim().id() + " is " + v.standing().words())
                .toList();
        if (output.json()) {
            out.println(Json.write(new Printed(run, findings.source(), findings.verdicts())));
        } else {
            out.print(ClaimLines.terminal(findings.verdicts()));
            out.println(Arm.DISCLAIMER);
            out.println("A claim that fails here fails for the reconstruction.");
            missed.forEach(m -> out.println("Required: " + m));
        }
        out.flush();
        return missed.isEmpty() ? ExitCode.DONE : ExitCode.CLAIM_NOT_SUPPORTED;
    }
}
