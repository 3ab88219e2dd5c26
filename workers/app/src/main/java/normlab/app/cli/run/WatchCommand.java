package normlab.app.cli.run;

import java.util.Optional;
import java.util.concurrent.Callable;
import normlab.app.cli.CampaignRun;
import normlab.app.cli.Output;
import normlab.app.cli.Session;
import normlab.app.config.Home;
import normlab.app.progress.Progress;
import normlab.campaign.CampaignArchive;
import normlab.json.InvalidInputException;
import normlab.platform.conductor.Campaign;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Follows a campaign that somebody started. */
@Command(
        name = "watch",
        description = "Follow a campaign until it ends. Ctrl-C leaves it running.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./normlab watch                                  the newest campaign",
            "  ./normlab watch quick-20261123-005334-6c03"
        })
public final class WatchCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "CAMPAIGN",
            arity = "0..1",
            description = "Id of the campaign. Default: the newest campaign.")
    private Optional<String> run = Optional.empty();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        Progress progress = output.progress();
        try (Session session = Session.running(Home.current(), progress)) {
            String id = run.orElseGet(() -> newest(session));
            CampaignArchive archive = session.campaign(id);
            String workflow = session.engine()
                    .workflowOf(id)
                    .orElseThrow(() -> new InvalidInputException(
                            id,
                            "is no longer known to this stack's Conductor; ./normlab resume %1$s continues it, ./normlab report %1$s shows its results"
                                    .formatted(id)));
            return new CampaignRun(session, progress, output)
                    .follow(archive.record().orElseThrow(), archive.experiment(), workflow);
        }
    }

    private static String newest(Session session) {
        return session.engine().campaigns(1).stream()
                .map(Campaign::id)
                .findFirst()
                .orElseThrow(() ->
                        new InvalidInputException("watch", "there is no campaign yet; start one: ./normlab run smoke"));
    }
}
