package normlab.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.app.config.DjlProperties;
import normlab.app.config.Home;
import normlab.benchmarks.parity.ParityCase;
import normlab.benchmarks.parity.ParityCases;
import normlab.benchmarks.parity.ParityExport;
import normlab.experiment.Activation;
import normlab.experiment.Precision;
import normlab.json.InvalidInputException;
import normlab.json.StrictBinding;
import normlab.platform.config.ArmCatalogue;
import normlab.platform.config.ArmCatalogue.Method;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a few steps of many networks and writes what PyTorch needs to recompute them; infra/parity compares. */
@Command(
        name = "parity",
        description = "Write a few training steps of many networks, for PyTorch to recompute (see `make parity`).")
final class ParityCommand implements Callable<Integer> {
    @Option(
            names = "--out",
            required = true,
            paramLabel = "FOLDER",
            description = "Folder to write to; each case gets a folder in it.")
    private Path out = Path.of(".");

    @Option(
            names = "--networks",
            split = ",",
            paramLabel = "NAME",
            description = "Networks to train. Default: all that have a PyTorch twin in infra/parity.")
    private List<String> networks = ParityCases.networks();

    @Option(
            names = "--normalizations",
            split = ",",
            paramLabel = "NAME",
            description = "Arms of workflows/experiments/arms.yaml to train. Default: one for each normalization.")
    private List<String> normalizations = List.of();

    @Option(
            names = "--activations",
            split = ",",
            paramLabel = "NAME",
            description = "Activations to train. Default: all.")
    private List<Activation> activations = List.of(Activation.values());

    @Option(
            names = "--precisions",
            split = ",",
            paramLabel = "NAME",
            description = "Precisions to train in. Default: all.")
    private List<Precision> precisions = List.of(Precision.values());

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Optimizer steps of each case. Default: ${DEFAULT-VALUE}.")
    private int steps = 20;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of weights and images. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        for (String network : networks) {
            if (!ParityCases.networks().contains(network)) {
                throw new InvalidInputException(
                        "--networks",
                        "'%s' has no PyTorch twin%s; see infra/parity/networks.py"
                                .formatted(network, StrictBinding.suggestion(network, ParityCases.networks())));
            }
        }
        ArmCatalogue catalogue = ArmCatalogue.in(Home.current().experiments());
        List<Method> methods = normalizations.isEmpty()
                ? catalogue.methods()
                : normalizations.stream().map(catalogue::method).toList();
        DjlProperties.set(Home.current());
        PrintWriter print = spec.commandLine().getOut();
        try (ParityExport export = new ParityExport(steps)) {
            for (ParityCases.Case each : new ParityCases(seed).of(networks, methods, activations, precisions)) {
                ParityCase written = export.write(out.resolve(each.name()), each.spec(), each.geometry());
                print.printf(
                        Locale.ROOT,
                        "%s: loss %.4f to %.4f%n",
                        written.name(),
                        written.losses().getFirst(),
                        written.losses().getLast());
                print.flush();
            }
        }
        return ExitCode.DONE;
    }
}
