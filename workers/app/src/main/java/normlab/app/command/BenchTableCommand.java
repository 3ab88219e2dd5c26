package normlab.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import normlab.app.Home;
import normlab.app.Natives;
import normlab.app.bench.BenchTable;
import normlab.app.bench.MarkedPage;
import normlab.app.bench.TrainingBenches;
import normlab.app.bench.TrainingLoad;
import normlab.experiment.Activation;
import normlab.provenance.Machine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Everything that has a target, in one table. */
@Command(
        name = "table",
        description = {
            "The table of speed and memory targets, in about a quarter of an hour on an idle machine.",
            "With NORMLAB_TORCH_VENV, side by side with plain PyTorch."
        })
final class BenchTableCommand implements Callable<Integer> {
    @Option(names = "--out", paramLabel = "FILE", description = "Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("target/bench.md");

    @Option(names = "--write", paramLabel = "PAGE", description = "Put it into this page as well, between its marks.")
    private Optional<Path> page = Optional.empty();

    @Option(names = "--rounds", paramLabel = "N", description = "Turns of each measurement. Default: ${DEFAULT-VALUE}.")
    private int rounds = 2;

    @Option(names = "--seconds", paramLabel = "S", description = "Of one measurement. Default: ${DEFAULT-VALUE}.")
    private double seconds = 4;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Home home = NormLab.home();
        Natives.configure(home);
        Path scratch = Files.createTempDirectory("normlab-bench");
        BenchTable table = new BenchTable(
                new TrainingBenches(home), scratch, rounds, spec.commandLine().getErr()::println);
        int cores = Machine.current().cores();
        String markdown = table.measure(
                new BenchTable.Loads(
                        load("plain-8", NamedArm.BN, 64, 1, cores),
                        load("plain-8", NamedArm.CBN, 64, 1, cores),
                        load("plain-8", NamedArm.WHITE, 64, 1, cores),
                        load("plain-8", NamedArm.BN, 64, cores, 1)),
                load("resnet-20", NamedArm.BN, 128, 1, cores),
                load("resnet-18-imagenet", NamedArm.BN, 8, 1, cores));
        Files.createDirectories(out.toAbsolutePath().getParent());
        Files.writeString(out, markdown);
        if (page.isPresent()) {
            MarkedPage.write(page.get(), "make bench", markdown);
        }
        spec.commandLine().getOut().print(markdown);
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
    }

    private TrainingLoad load(String network, NamedArm arm, int batch, int threads, int processes) {
        return new TrainingLoad(
                network, Activation.RELU, arm.normalization(0), arm.usualHead(), batch, threads, processes, seconds);
    }
}
