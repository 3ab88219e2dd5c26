package normlab.app.cli.machine;

import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Output;
import normlab.app.cli.Session;
import normlab.app.config.ClientVariables;
import normlab.app.config.Home;
import normlab.app.config.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        Target target = Session.target(Home.current(), output.progress()::say);
        ClientVariables variables = ClientVariables.of(target);
        output.print(variables, out -> out.print(variables.exports()));
        return ExitCode.DONE;
    }
}
