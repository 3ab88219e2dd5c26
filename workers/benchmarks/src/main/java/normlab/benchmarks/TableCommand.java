package normlab.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.app.config.DjlProperties;
import normlab.app.config.Home;
import normlab.benchmarks.training.SlotMemory;
import normlab.benchmarks.training.TrainingBenches;
import normlab.benchmarks.training.TrainingLoad;
import normlab.experiment.Activation;
import normlab.experiment.Precision;
import normlab.platform.config.ArmCatalogue;
import normlab.platform.config.ArmCatalogue.Method;
import normlab.provenance.Machine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures everything that has a target, as one table. */
@Command(
        name = "table",
        description = {
            "Measure everything that has a speed or memory target; takes about fifteen minutes on an idle machine.",
            "With NORMLAB_TORCH_VENV set, plain PyTorch is measured beside it."
        })
final class TableCommand implements Callable<Integer> {
    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "File to write the table to. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("target/bench.md");

    @Option(
            names = "--write",
            paramLabel = "PAGE",
            description = "Also write the table into this page, between its marks.")
    private Optional<Path> page = Optional.empty();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Number of rounds; each measures everything once. Default: ${DEFAULT-VALUE}.")
    private int rounds = 2;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Length of one measurement in seconds. Default: ${DEFAULT-VALUE}.")
    private double seconds = 4;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Home home = Home.current();
        DjlProperties.set(home);
        Path scratch = Files.createTempDirectory("normlab-bench");
        PerformanceTable table = new PerformanceTable(
                new TrainingBenches(home),
                new SlotMemory(home),
                scratch,
                rounds,
                spec.commandLine().getErr()::println);
        int cores = Machine.current().cores();
        String markdown = table.measure(
                new PerformanceTable.Loads(
                        load("plain-8", "bn", 64, 1, cores),
                        load("plain-8", "cbn", 64, 1, cores),
                        load("plain-8", "white", 64, 1, cores),
                        load("plain-8", "bn", 64, cores, 1)),
                load("resnet-20", "bn", 128, 1, cores),
                load("resnet-18-imagenet", "bn", 8, 1, cores));
        Files.createDirectories(out.toAbsolutePath().getParent());
        Files.writeString(out, markdown);
        if (page.isPresent()) {
            MarkedPage.write(page.get(), "make bench", markdown);
        }
        spec.commandLine().getOut().print(markdown);
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
    }

    private TrainingLoad load(String network, String arm, int batch, int threads, int processes) {
        Method method = ArmCatalogue.in(Home.current().experiments()).method(arm);
        return new TrainingLoad(
                network,
                Activation.RELU,
                method.normalization(),
                method.head(),
                Precision.FLOAT32,
                batch,
                threads,
                processes,
                seconds);
    }
}
