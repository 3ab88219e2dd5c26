package normlab.app.cli.experiments;

import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.platform.config.ExperimentSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the JSON schema of experiments. */
@Command(
        name = "schema",
        description = "Print the JSON schema of experiment files (the content of workflows/experiments/schema.json).")
public final class SchemaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(ExperimentSchema.text());
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
    }
}
