package normlab.benchmarks;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.app.cli.ExperimentOptions;
import normlab.app.config.DjlProperties;
import normlab.app.config.Home;
import normlab.benchmarks.training.SlotMemory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Holds the memory that a plan foresees against what a slot takes. */
@Command(
        name = "memory",
        description = {
            "Measure the most memory that a slot takes on the whole dataset of an experiment, and compare it with the"
                    + " plan.",
            "Trains some steps of the first trial of each network, on noise of the dataset's size; --only chooses"
                    + " another."
        })
final class MemoryCommand implements Callable<Integer> {
    @Mixin
    private ExperimentOptions options = new ExperimentOptions();

    @Option(names = "--steps", paramLabel = "N", description = "Steps to train. Default: ${DEFAULT-VALUE}.")
    private int steps = 4;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Home home = Home.current();
        DjlProperties.set(home);
        for (SlotMemory.Compared each : new SlotMemory(home).compare(options.resolve(home), steps)) {
            spec.commandLine()
                    .getOut()
                    .println(String.format(
                            Locale.ROOT,
                            "%s, %s, batch %d: %,.0f MiB, planned %,.0f MiB (%+.1f %%)",
                            each.trial().label(),
                            each.trial().spec().network(),
                            each.trial().spec().recipe().batchSize(),
                            each.measured(),
                            each.planned(),
                            100 * each.deviation()));
            spec.commandLine().getOut().flush();
        }
        return ExitCode.DONE;
    }
}
