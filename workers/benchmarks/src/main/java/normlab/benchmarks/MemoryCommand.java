package normlab.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.app.config.DjlProperties;
import normlab.app.config.Home;
import normlab.benchmarks.training.SlotMemory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds the memory that a plan foresees against what a slot takes. */
@Command(
        name = "memory",
        description = {
            "Measure the most memory that a slot takes on the whole dataset of an experiment, and compare it with the plan.",
            "Trains some steps of the first trial of each network, on noise of the dataset's size."
        })
final class MemoryCommand implements Callable<Integer> {
    @Parameters(paramLabel = "EXPERIMENT", arity = "1..*", description = "Experiments, such as paper-cifar10.")
    private List<String> experiments = List.of();

    @Option(names = "--steps", paramLabel = "N", description = "Steps to train. Default: ${DEFAULT-VALUE}.")
    private int steps = 4;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Home home = Home.current();
        DjlProperties.set(home);
        for (String name : experiments) {
            for (SlotMemory.Compared each : new SlotMemory(home).compare(name, steps)) {
                spec.commandLine()
                        .getOut()
                        .println(String.format(
                                Locale.ROOT,
                                "%s, %s, batch %d: %,.0f MiB, planned %,.0f MiB (%+.1f %%)",
                                name,
                                each.trial().network(),
                                each.trial().recipe().batchSize(),
                                each.measured(),
                                each.planned(),
                                100 * each.deviation()));
                spec.commandLine().getOut().flush();
            }
        }
        return ExitCode.DONE;
    }
}
