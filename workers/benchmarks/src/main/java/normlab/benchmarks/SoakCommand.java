package normlab.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.app.config.Home;
import normlab.benchmarks.training.MemoryGrowth;
import normlab.benchmarks.training.TrainingBenches;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures whether memory stays flat over a long training. */
@Command(
        name = "soak",
        description = {
            "Train many short epochs in one process and fail if its resident memory grows in the second half.",
            "For the figure of the table: --network resnet-20 --batch 128"
        })
final class SoakCommand implements Callable<Integer> {
    private static final int LINES = 10;

    @Mixin
    private LoadOptions options = new LoadOptions();

    @Option(names = "--epochs", paramLabel = "N", description = "Number of epochs. Default: ${DEFAULT-VALUE}.")
    private int epochs = 200;

    @Option(names = "--steps", paramLabel = "N", description = "Steps of an epoch. Default: ${DEFAULT-VALUE}.")
    private int steps = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        MemoryGrowth growth = new MemoryGrowth(new TrainingBenches(Home.current()).soak(options.load(), epochs, steps));
        PrintWriter out = spec.commandLine().getOut();
        int every = Math.max(1, epochs / LINES);
        for (int epoch = every; epoch <= epochs; epoch += every) {
            out.printf(
                    Locale.ROOT,
                    "after epoch %4d: %,8.1f MiB%n",
                    epoch,
                    growth.mebibytes().get(epoch - 1));
        }
        out.printf(
                Locale.ROOT,
                "%+.1f MiB in the second half: %s%n",
                growth.growthOfSecondHalf(),
                growth.flat() ? "flat" : "growing");
        return growth.flat() ? ExitCode.DONE : ExitCode.DIFFERENT;
    }
}
