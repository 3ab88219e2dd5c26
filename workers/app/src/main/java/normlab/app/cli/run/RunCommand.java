package normlab.app.cli.run;

import java.util.concurrent.Callable;
import normlab.app.cli.CampaignRun;
import normlab.app.cli.ExperimentOptions;
import normlab.app.cli.Output;
import normlab.app.cli.Preflight;
import normlab.app.cli.Session;
import normlab.app.config.Home;
import normlab.app.forecast.Forecast;
import normlab.app.progress.Progress;
import normlab.experiment.Experiment;
import normlab.task.TaskFailure;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs an experiment as a campaign, starting the stack where it does not run. */
@Command(
        name = "run",
        description = "Run an experiment of workflows/experiments and write its report.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./normlab run quick",
            "  ./normlab run quick --only activation=sigmoid --seeds 3",
            "  ./normlab run quick --set recipe.learningRate=0.05 --dry-run"
        })
public final class RunCommand implements Callable<Integer> {
    @Mixin
    private ExperimentOptions choice = new ExperimentOptions();

    @Option(names = "--dry-run", description = "Show the plan without starting anything, like `plan`.")
    private boolean dryRun;

    @ArgGroup
    private OnFailure onFailure = new OnFailure();

    @Mixin
    private Output output = new Output();

    /** One of both. */
    private static final class OnFailure {
        @Option(
                names = "--keep-going",
                description = "Continue with the other trials when a trial fails. This is the default.")
        @SuppressWarnings("unused") // nothing has to be done for it
        private boolean keepGoing;

        @Option(names = "--fail-fast", description = "Cancel the campaign when a trial fails.")
        private boolean failFast;
    }

    @Override
    public Integer call() throws InterruptedException, TaskFailure {
        Home home = Home.current();
        Experiment experiment = choice.resolve(home);
        Forecast forecast = PlanCommand.forecast(home, experiment, choice.force());
        if (dryRun) {
            return PlanCommand.show(forecast, output);
        }
        PlanCommand.refuseUnlessItFits(forecast);
        Progress progress = output.progress();
        new Preflight(home, progress).check(experiment, choice.force());
        try (Session session = Session.up(home, progress)) {
            return new CampaignRun(session, progress, output)
                    .start(experiment, choice.options(), choice.force(), onFailure.failFast);
        }
    }
}
