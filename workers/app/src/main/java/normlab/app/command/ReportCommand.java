package normlab.app.command;

import java.util.concurrent.Callable;
import normlab.app.Home;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a campaign's report again, from its stored results. */
@Command(name = "report", description = "Write the report of an ended campaign again, from its stored results.")
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "Id of the campaign; ./normlab status lists them.")
    private String run = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Home home = NormLab.home();
        try (StoredResults stored = StoredResults.of(home)) {
            stored.campaign(run);
            spec.commandLine().getOut().println("Report:  " + new ReportFiles(home, stored.required()).again(run));
            return ExitCode.DONE;
        }
    }
}
