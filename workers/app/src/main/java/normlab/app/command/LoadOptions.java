package normlab.app.command;

import java.util.Optional;
import normlab.app.Slots;
import normlab.app.bench.TrainingLoad;
import normlab.experiment.Activation;
import picocli.CommandLine.Option;

/** What is trained while it is measured. */
final class LoadOptions {
    @Option(names = "--network", paramLabel = "NAME", description = "Default: plain-8.")
    private String network = "plain-8";

    @Option(names = "--activation", paramLabel = "NAME", description = "Default: relu.")
    private Activation activation = Activation.RELU;

    @Option(
            names = "--normalization",
            paramLabel = "NAME",
            description = "none, bn, cbn (our reconstruction), or a variant as `describe` knows it. Default: bn.")
    private String normalization = "bn";

    @Option(names = "--batch", paramLabel = "N", description = "Images a step. Default: 64.")
    private int batch = 64;

    @Option(names = "--threads", paramLabel = "N", description = "Of each process. Default: as a training slot.")
    private Optional<Integer> threads = Optional.empty();

    @Option(names = "--processes", paramLabel = "N", description = "Side by side. Default: as training slots.")
    private Optional<Integer> processes = Optional.empty();

    @Option(names = "--seconds", paramLabel = "S", description = "Of measured training. Default: 5.")
    private double seconds = 5;

    NamedArm arm() {
        return NamedArm.named(normalization);
    }

    TrainingLoad load() {
        NamedArm arm = arm();
        Slots slots = Slots.ofThisMachine();
        return new TrainingLoad(
                network,
                activation,
                arm.normalization(0),
                arm.usualHead(),
                batch,
                threads.orElse(slots.threads()),
                processes.orElse(slots.count()),
                seconds);
    }
}
