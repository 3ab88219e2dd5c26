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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains all trials of a campaign afresh; the report compares the models byte by byte. */
@Command(
        name = "rerun",
        description = "Train a campaign's trials again and compare the results: byte-equal, "
                + "equal within seed noise (where code, libraries or device differ), or different.")
public final class RerunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CAMPAIGN", description = "Id of the campaign, as `status` lists it.")
    private String run = "";

    @Option(names = "--json", description = "Print the result as a JSON object at the end, and no progress.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Home home = Home.current();
        StoredResults.requireCampaign(home, run);
        Progress progress = Output.progress(spec, json);
        try (Session session = Session.up(home, progress)) {
            Experiment experiment = session.campaign(run).experiment();
            return new CampaignRun(session, progress, spec.commandLine().getOut(), json).again(experiment, run);
        }
    }
}
