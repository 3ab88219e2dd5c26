package normlab.app.cli.reproduce;

import java.util.concurrent.Callable;
import normlab.app.cli.CampaignRun;
import normlab.app.cli.Output;
import normlab.app.cli.Session;
import normlab.app.cli.StoredResults;
import normlab.app.config.Home;
import normlab.app.progress.Progress;
import normlab.experiment.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Trains all trials of a campaign afresh; the report compares the models byte by byte. */
@Command(
        name = "rerun",
        description = "Train a campaign's trials again and compare the results: byte-equal, "
                + "equal within seed noise (where code, libraries or device differ), or different.")
public final class RerunCommand implements Callable<Integer> {
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
            Experiment experiment = session.campaign(run).experiment();
            return new CampaignRun(session, progress, output).again(experiment, run);
        }
    }
}
