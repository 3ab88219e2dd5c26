package normlab.app.cli.run;

import java.util.concurrent.Callable;
import normlab.app.cli.CampaignRun;
import normlab.app.cli.Output;
import normlab.app.cli.Session;
import normlab.app.cli.StoredResults;
import normlab.app.config.Home;
import normlab.app.progress.Progress;
import normlab.campaign.CampaignArchive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes a campaign up again: what is trained stays, what was in training goes on from its checkpoint. */
@Command(name = "resume", description = "Continue a cancelled or failed campaign and train its failed trials again.")
public final class ResumeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CAMPAIGN", description = "Id of the campaign, as `status` lists it.")
    private String run = "";

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        Home home = Home.current();
        StoredResults.requireCampaign(home, run);
        Progress progress = output.progress();
        try (Session session = Session.up(home, progress)) {
            CampaignArchive campaign = session.campaign(run);
            return new CampaignRun(session, progress, output)
                    .resume(campaign.record().orElseThrow(), campaign.experiment());
        }
    }
}
