package normlab.app.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import normlab.app.Home;
import normlab.experiment.Experiment;
import normlab.platform.config.ExperimentFiles;
import normlab.task.TaskFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs an experiment as a campaign, starting the stack where it does not run. */
@Command(name = "run", description = "Run an experiment of workflows/experiments to its report.")
final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "EXPERIMENT", description = "Name of the experiment, for example quick.")
    private String experiment = "";

    @Option(names = "--json", description = "Print one JSON object at the end and nothing else.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException, TaskFailure {
        Home home = NormLab.home();
        Experiment resolved = new ExperimentFiles(home.experiments()).load(experiment);
        Progress progress = Output.progress(json);
        new Preflight(home, progress).check(resolved);
        try (Session session = Session.up(home, progress)) {
            return new CampaignRun(session, progress, spec.commandLine().getOut(), json)
                    .start(resolved, Optional.empty());
        }
    }
}
