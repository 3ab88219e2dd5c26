package normlab.app.command;

import java.util.concurrent.Callable;
import normlab.platform.stack.Endpoints;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Starts the stack. */
@Command(name = "up", description = "Start the stack: Conductor, S3 store, MLflow and workers, all on loopback.")
final class UpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Endpoints endpoints =
                Session.start(NormLab.home(), Output.progress(spec, false)).endpoints();
        spec.commandLine()
                .getOut()
                .printf(
                        "MLflow:     %s%nConductor:  %s%nS3 store:   %s%n",
                        endpoints.mlflowUrl(), endpoints.conductorUrl(), endpoints.s3Endpoint());
        return ExitCode.DONE;
    }
}
