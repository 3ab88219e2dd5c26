package normlab.app.cli.run;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import normlab.app.cli.CampaignSummary;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Output;
import normlab.app.cli.Session;
import normlab.app.cli.StoredResults;
import normlab.app.config.Home;
import normlab.app.config.Target;
import normlab.campaign.CampaignArchive;
import normlab.campaign.CampaignStatus;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.platform.conductor.Campaign;
import normlab.platform.conductor.CampaignState;
import normlab.platform.conductor.ConductorEngine;
import normlab.platform.conductor.ConductorServer;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists campaigns and where they stand. */
@Command(name = "status", description = "List the campaigns and their state, newest first.")
public final class StatusCommand implements Callable<Integer> {
    private static final int MOST = 20;

    @Option(names = "--json", description = "Print the result as a JSON array.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Home home = Home.current();
        Target target = Session.target(home, Output.progress(spec, json)::say);
        // The embedded store's folder answers sooner than a client of its server starts.
        try (StoredResults stored = StoredResults.of(home);
                ConductorEngine engine = new ConductorEngine(new ConductorServer(target.conductor()))) {
            List<CampaignSummary> campaigns = engine.campaigns(MOST).parallelStream()
                    .flatMap(c -> stored.store().flatMap(s -> summary(c, engine, s, home)).stream())
                    .toList();
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(Json.tree(campaigns));
            } else {
                print(campaigns, out);
                out.println("MLflow:  " + target.mlflow().experimentsPage());
            }
            return ExitCode.DONE;
        }
    }

    /** A campaign whose record is damaged is named, and the others are listed. */
    private Optional<CampaignSummary> summary(
            Campaign campaign, ConductorEngine engine, ArtifactStore store, Home home) {
        try {
            return new CampaignArchive(store, campaign.id())
                    .record()
                    .map(r -> CampaignSummary.of(state(campaign, engine), r, store, home));
        } catch (InvalidInputException | StoreException e) {
            if (e instanceof StoreException failure && failure.retryable()) {
                throw e;
            }
            spec.commandLine().getErr().println(campaign.id() + " is not listed: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Asking for every trial of twenty campaigns takes seconds; the report of a completed one has counted them. */
    private static CampaignState state(Campaign campaign, ConductorEngine engine) {
        return campaign.status() == CampaignStatus.COMPLETED
                ? engine.outline(campaign.workflowId())
                : engine.state(campaign.workflowId());
    }

    private static void print(List<CampaignSummary> campaigns, PrintWriter out) {
        if (campaigns.isEmpty()) {
            out.println("No campaign yet; start one: ./normlab run quick");
        } else {
            out.printf("%-36s %-10s %7s %7s %7s %9s%n", "RUN", "STATE", "TRIALS", "CACHED", "FAILED", "DIVERGED");
        }
        for (CampaignSummary c : campaigns) {
            String trials = c.trials().complete() + "/" + c.trials().total();
            out.printf(
                    "%-36s %-10s %7s %7d %7d %9d%n",
                    c.run(),
                    c.state(),
                    trials,
                    c.trials().cached(),
                    c.trials().failed(),
                    c.trials().diverged());
        }
    }
}
