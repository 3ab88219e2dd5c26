package normlab.app.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import normlab.json.Json;
import normlab.platform.conductor.Campaign;
import normlab.port.ArtifactStore;
import normlab.trial.RunArchive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists campaigns and where they stand. */
@Command(name = "status", description = "List the campaigns and where they stand, newest first.")
final class StatusCommand implements Callable<Integer> {
    private static final int MOST = 20;

    @Option(names = "--json", description = "Print one JSON array.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try (Session session = Session.running(NormLab.home())) {
            ArtifactStore store = session.connections().store();
            List<CampaignSummary> campaigns = session.engine().campaigns(MOST).parallelStream()
                    .flatMap(c -> summary(c, session, store).stream())
                    .toList();
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(Json.tree(campaigns));
            } else {
                print(campaigns, session, out);
            }
            return ExitCode.DONE;
        }
    }

    private static Optional<CampaignSummary> summary(Campaign campaign, Session session, ArtifactStore store) {
        return new RunArchive(store, campaign.run())
                .record()
                .map(r -> CampaignSummary.of(session.engine().state(campaign.workflowId()), r, store, session.home()));
    }

    private static void print(List<CampaignSummary> campaigns, Session session, PrintWriter out) {
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
        out.println("MLflow:  " + session.mlflowUrl());
    }
}
