package normlab.benchmarks;

import java.util.Optional;
import normlab.app.config.Home;
import normlab.app.config.Slots;
import normlab.benchmarks.training.TrainingLoad;
import normlab.experiment.Activation;
import normlab.experiment.Precision;
import normlab.platform.config.ArmCatalogue;
import normlab.platform.config.ArmCatalogue.Method;
import picocli.CommandLine.Option;

/** Options that choose what is trained while it is measured. */
final class LoadOptions {
    @Option(names = "--network", paramLabel = "NAME", description = "Network to train. Default: plain-8.")
    private String network = "plain-8";

    @Option(names = "--activation", paramLabel = "NAME", description = "Activation of the network. Default: relu.")
    private Activation activation = Activation.RELU;

    @Option(
            names = "--normalization",
            paramLabel = "NAME",
            description =
                    "An arm of workflows/experiments/arms.yaml, such as none, bn or cbn (our reconstruction). Default: bn.")
    private String normalization = "bn";

    @Option(names = "--precision", paramLabel = "NAME", description = "float32 or bfloat16. Default: float32.")
    private Precision precision = Precision.FLOAT32;

    @Option(names = "--batch", paramLabel = "N", description = "Images in a batch. Default: 64.")
    private int batch = 64;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of each process. Default: as in a training slot.")
    private Optional<Integer> threads = Optional.empty();

    @Option(
            names = "--processes",
            paramLabel = "N",
            description = "Number of processes side by side. Default: as many as training slots.")
    private Optional<Integer> processes = Optional.empty();

    @Option(names = "--seconds", paramLabel = "S", description = "Seconds of training to measure. Default: 5.")
    private double seconds = 5;

    Method method() {
        return ArmCatalogue.in(Home.current().experiments()).method(normalization);
    }

    TrainingLoad load() {
        Method method = method();
        Slots slots = Slots.ofThisMachine();
        return new TrainingLoad(
                network,
                activation,
                method.normalization(),
                method.head(),
                precision,
                batch,
                threads.orElse(slots.threads()),
                processes.orElse(slots.count()),
                seconds);
    }
}
