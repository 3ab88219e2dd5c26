package normlab.app.cli.machine;

import java.net.URI;
import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Output;
import normlab.app.cli.Session;
import normlab.app.config.Home;
import normlab.platform.mlflow.MlflowServer;
import normlab.platform.server.Endpoints;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts the stack. */
@Command(name = "up", description = "Start the stack on loopback: Conductor, the S3 store, MLflow and the workers.")
public final class UpCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        Endpoints endpoints = Session.start(Home.current(), output.progress()).endpoints();
        output.print(
                endpoints,
                out -> out.printf(
                        "MLflow:     %s%nConductor:  %s%nS3 store:   %s%n",
                        MlflowServer.open(URI.create(endpoints.mlflowUrl())).experimentsPage(),
                        endpoints.conductorUrl(),
                        endpoints.s3Endpoint()));
        return ExitCode.DONE;
    }
}
