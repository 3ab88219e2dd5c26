package normlab.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import normlab.app.bench.Residence;
import normlab.app.bench.TrainingBenches;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether memory stays over a long training. */
@Command(
        name = "soak",
        description = {
            "Resident memory of one process over many short epochs; fails where it grows in the second half of them.",
            "For the table's figure: --network resnet-20 --batch 128"
        })
final class BenchSoakCommand implements Callable<Integer> {
    private static final int LINES = 10;

    @Mixin
    private LoadOptions options = new LoadOptions();

    @Option(names = "--epochs", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private int epochs = 200;

    @Option(names = "--steps", paramLabel = "N", description = "Of an epoch. Default: ${DEFAULT-VALUE}.")
    private int steps = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Residence residence = new Residence(new TrainingBenches(NormLab.home()).soak(options.load(), epochs, steps));
        PrintWriter out = spec.commandLine().getOut();
        int every = Math.max(1, epochs / LINES);
        for (int epoch = every; epoch <= epochs; epoch += every) {
            out.printf(
                    Locale.ROOT,
                    "after epoch %4d: %,8.1f MiB%n",
                    epoch,
                    residence.mebibytes().get(epoch - 1));
        }
        out.printf(
                Locale.ROOT,
                "%+.1f MiB in the second half: %s%n",
                residence.growthOfSecondHalf(),
                residence.flat() ? "flat" : "it grows");
        return residence.flat() ? ExitCode.DONE : ExitCode.DIFFERENT;
    }
}
