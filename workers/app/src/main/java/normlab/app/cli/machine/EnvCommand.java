package normlab.app.cli.machine;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Output;
import normlab.app.cli.Session;
import normlab.app.config.ClientVariables;
import normlab.app.config.Home;
import normlab.app.config.Target;
import normlab.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints how other tools reach the servers. The keys among it go to standard output alone. */
@Command(
        name = "env",
        description = {
            "Print the variables by which MLflow's client, boto3, the AWS CLI and Conductor's clients reach the servers.",
            "They are exports for a POSIX shell, keys and passwords among them."
        },
        footerHeading = "%nExample:%n",
        footer = "  eval \"$(./normlab env)\"")
public final class EnvCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print the result as a JSON object, and no progress.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Target target = Session.target(Home.current(), Output.progress(spec, json)::say);
        ClientVariables variables = ClientVariables.of(target);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.tree(variables));
        } else {
            out.print(variables.exports());
        }
        out.flush();
        return ExitCode.DONE;
    }
}
