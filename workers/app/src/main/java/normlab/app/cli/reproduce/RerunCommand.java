package normlab.app.cli.reproduce;

import java.util.concurrent.Callable;
import normlab.app.cli.CampaignRun;
import normlab.app.cli.Output;
import normlab.app.cli.Session;
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
        description = "Train the trials of a campaign afresh and say whether the same comes out: the same bytes, "
                + "the same within seed noise where code, libraries or device differ, or something else.")
public final class RerunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "Id of the campaign; ./normlab status lists them.")
    private String run = "";

    @Option(names = "--json", description = "Print one JSON object at the end and nothing else.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Home home = Home.current();
        Progress progress = Output.progress(spec, json);
        try (Session session = Session.up(home, progress)) {
            Experiment experiment = session.campaign(run).experiment();
            return new CampaignRun(session, progress, spec.commandLine().getOut(), json).again(experiment, run);
        }
    }
}
