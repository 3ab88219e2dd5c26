package normlab.app.command;

import java.util.concurrent.Callable;
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
        try (Session session = Session.up(NormLab.home(), Output.progress(spec, false))) {
            session.campaign(run);
            spec.commandLine().getOut().println("Report:  " + new ReportFiles(session).again(run));
            return ExitCode.DONE;
        }
    }
}
