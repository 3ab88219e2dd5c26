package normlab.app.command;

import java.util.concurrent.Callable;
import normlab.json.InvalidInputException;
import normlab.platform.conductor.Campaign;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends a campaign before its time; what it has trained stays. */
@Command(name = "cancel", description = "End a campaign; complete trials stay and are found by the next one.")
final class CancelCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "Id of the campaign; ./normlab status lists them.")
    private String run = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try (Session session = Session.running(NormLab.home())) {
            String workflow = session.engine()
                    .workflowOf(run)
                    .orElseThrow(() -> new InvalidInputException(
                            run, "is no campaign of this stack; ./normlab status lists them"));
            Campaign.Status status =
                    session.engine().outline(workflow).campaign().status();
            if (status.ended()) {
                throw new InvalidInputException(run, "has ended (%s), so there is nothing to cancel".formatted(status));
            }
            session.engine().cancel(workflow, "cancelled by ./normlab cancel");
            spec.commandLine().getOut().println(run + " is cancelled; go on with it: ./normlab resume " + run);
            return ExitCode.DONE;
        }
    }
}
