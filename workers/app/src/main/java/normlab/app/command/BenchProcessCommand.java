package normlab.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import normlab.app.bench.TrainingBenches;
import normlab.app.bench.TrainingLoad;
import normlab.json.Json;
import normlab.learning.bench.OperatorProfile;
import normlab.learning.bench.ProcessBench;
import normlab.learning.bench.Soak;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One measured process; {@link normlab.app.bench.SideBySide} says how it is talked to. */
@Command(name = TrainingBenches.PROCESS, hidden = true, description = "One process of `bench`.")
final class BenchProcessCommand implements Callable<Integer> {
    enum Measure {
        SPEED,
        OPERATORS,
        MEMORY
    }

    @Parameters(paramLabel = "LOAD", description = "As JSON.")
    private String load = "";

    @Option(names = "--measure", description = "What of it.")
    private Measure measure = Measure.SPEED;

    @Option(names = "--epochs", description = "Of memory.")
    private int epochs = 1;

    @Option(names = "--steps", description = "Of operators; of an epoch of memory.")
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
        };
        out.println(Json.tree(measured));
        return ExitCode.DONE;
    }

    private static void meet(PrintWriter out) throws IOException {
        out.println("ready");
        out.flush();
        // Any byte, or the end of the input, means go.
        int ignored = System.in.read();
    }
}
