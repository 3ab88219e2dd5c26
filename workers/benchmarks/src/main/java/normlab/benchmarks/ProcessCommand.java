package normlab.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.benchmarks.training.FixedTraining;
import normlab.benchmarks.training.OperatorProfile;
import normlab.benchmarks.training.ProcessBench;
import normlab.benchmarks.training.Soak;
import normlab.benchmarks.training.TrainingBenches;
import normlab.benchmarks.training.TrainingLoad;
import normlab.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One measured process; {@link normlab.benchmarks.training.SideBySide} says how it is talked to. */
@Command(name = TrainingBenches.PROCESS, hidden = true, description = "Measure in this process; started by `bench`.")
final class ProcessCommand implements Callable<Integer> {
    enum Measure {
        SPEED,
        OPERATORS,
        MEMORY,
        FIXED
    }

    @Parameters(paramLabel = "LOAD", description = "What to train, as JSON.")
    private String load = "";

    @Option(names = "--measure", description = "What to measure.")
    private Measure measure = Measure.SPEED;

    @Option(names = "--epochs", description = "Number of epochs, for memory.")
    private int epochs = 1;

    @Option(
            names = "--steps",
            description = "Number of steps: in all for operators and fixed, of each epoch for memory.")
    private int steps = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        TrainingLoad given = Json.read(load.getBytes(StandardCharsets.UTF_8), TrainingLoad.class, "LOAD");
        PrintWriter out = spec.commandLine().getOut();
        Object measured = switch (measure) {
            case SPEED -> ProcessBench.run(given.trial(), given.geometry(), given.seconds(), () -> meet(out));
            case OPERATORS -> {
                meet(out);
                yield OperatorProfile.of(given.trial(), given.geometry(), steps);
            }
            case MEMORY -> {
                meet(out);
                yield Soak.run(given.trial(), given.geometry(), epochs, steps);
            }
            case FIXED -> FixedTraining.run(given.trial(), given.geometry(), steps, () -> meet(out));
        };
        out.println(Json.tree(measured));
        return ExitCode.DONE;
    }

    /** Says that this process is ready, and waits for the others. */
    static void meet(PrintWriter out) throws IOException {
        out.println("ready");
        out.flush();
        // Any byte, or the end of the input, means go.
        int ignored = System.in.read();
    }
}
