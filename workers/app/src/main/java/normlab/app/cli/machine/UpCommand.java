package normlab.app.cli.machine;

import java.io.PrintWriter;
import java.net.URI;
import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Output;
import normlab.app.cli.Session;
import normlab.app.config.Home;
import normlab.json.Json;
import normlab.platform.mlflow.MlflowServer;
import normlab.platform.server.Endpoints;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the stack. */
@Command(name = "up", description = "Start the stack on loopback: Conductor, the S3 store, MLflow and the workers.")
public final class UpCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print the result as a JSON object, and no progress.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Endpoints endpoints =
                Session.start(Home.current(), Output.progress(spec, json)).endpoints();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.tree(endpoints));
        } else {
            out.printf(
                    "MLflow:     %s%nConductor:  %s%nS3 store:   %s%n",
                    MlflowServer.open(URI.create(endpoints.mlflowUrl())).experimentsPage(),
                    endpoints.conductorUrl(),
                    endpoints.s3Endpoint());
        }
        out.flush();
        return ExitCode.DONE;
    }
}
