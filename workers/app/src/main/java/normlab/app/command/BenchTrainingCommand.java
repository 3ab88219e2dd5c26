package normlab.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import normlab.app.Slots;
import normlab.app.bench.TrainingBenches;
import normlab.app.bench.TrainingLoad;
import normlab.app.bench.TrainingSpeed;
import normlab.experiment.Activation;
import normlab.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How fast a network trains here. */
@Command(
        name = "training",
        description = "Whole training steps on generated images, in processes that are set up as training slots are.")
final class BenchTrainingCommand implements Callable<Integer> {
    @Option(names = "--network", paramLabel = "NAME", description = "Default: ${DEFAULT-VALUE}.")
    private String network = "plain-8";

    @Option(names = "--activation", paramLabel = "NAME", description = "Default: ${DEFAULT-VALUE}.")
    private Activation activation = Activation.RELU;

    @Option(
            names = "--normalization",
            paramLabel = "NAME",
            description = "none, bn, cbn (our reconstruction), or a variant as `describe` knows it. Default: bn.")
    private String normalization = "bn";

    @Option(names = "--batch", paramLabel = "N", description = "Images a step. Default: ${DEFAULT-VALUE}.")
    private int batch = 64;

    @Option(names = "--threads", paramLabel = "N", description = "Of each process. Default: as a training slot.")
    private Optional<Integer> givenThreads = Optional.empty();

    @Option(names = "--processes", paramLabel = "N", description = "Side by side. Default: as training slots.")
    private Optional<Integer> givenProcesses = Optional.empty();

    @Option(names = "--seconds", paramLabel = "S", description = "Of measured training. Default: ${DEFAULT-VALUE}.")
    private double seconds = 5;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        NamedArm arm = NamedArm.named(normalization);
        Slots slots = Slots.ofThisMachine();
        int threads = givenThreads.orElse(slots.threads());
        int processes = givenProcesses.orElse(slots.count());
        TrainingLoad load = new TrainingLoad(
                network, activation, arm.normalization(0), arm.usualHead(), batch, threads, processes, seconds);
        TrainingSpeed speed = new TrainingBenches(NormLab.home()).ours(load);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.tree(speed));
            return ExitCode.DONE;
        }
        out.printf(
                Locale.ROOT,
                """
                %s, %s, %s, batch %d: %d process(es) of %d thread(s)
                training    %,12.0f images/s, %.2f ms a step
                            %,12.1f GFLOP/s, %.0f %% of what large matrix products reach here
                input alone %,12.0f images/s, %.0f times the training
                evaluation  %,12.0f images/s
                memory      %,12.0f MiB at most, of a process
                start       %,12.1f s to the end of the first step
                """,
                network,
                arm.word(),
                activation.word(),
                batch,
                processes,
                threads,
                speed.imagesPerSecond(),
                speed.stepMillis(),
                speed.gflops(),
                100 * speed.peakFraction(),
                speed.readPerSecond(),
                speed.readPerSecond() / speed.imagesPerSecond(),
                speed.evaluatedPerSecond(),
                speed.peakMemoryMiB(),
                speed.startSeconds());
        return ExitCode.DONE;
    }
}
