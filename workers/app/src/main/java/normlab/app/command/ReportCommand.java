package normlab.app.command;

import java.util.concurrent.Callable;
import normlab.json.InvalidInputException;
import normlab.trial.RunArchive;
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
    public Integer call() throws InterruptedException {
        try (Session session = Session.up(NormLab.home(), Output.progress(false))) {
            if (new RunArchive(session.connections().store(), run).record().isEmpty()) {
                throw new InvalidInputException(run, "is not a campaign of this store; ./normlab status lists them");
            }
            spec.commandLine().getOut().println("Report:  " + new ReportFiles(session).again(run));
            return ExitCode.DONE;
        }
    }
}
