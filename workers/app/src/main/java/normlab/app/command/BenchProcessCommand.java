package normlab.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import normlab.app.bench.TrainingBenches;
import normlab.app.bench.TrainingLoad;
import normlab.json.Json;
import normlab.learning.bench.ProcessBench;
import normlab.learning.bench.ProcessSpeed;
import normlab.learning.data.Geometry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One measured process; {@link normlab.app.bench.SideBySide} says how it is talked to. */
@Command(name = TrainingBenches.PROCESS, hidden = true, description = "One process of `bench training`.")
final class BenchProcessCommand implements Callable<Integer> {
    @Parameters(paramLabel = "LOAD", description = "As JSON.")
    private String load = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        TrainingLoad given = Json.read(load.getBytes(StandardCharsets.UTF_8), TrainingLoad.class, "LOAD");
        PrintWriter out = spec.commandLine().getOut();
        ProcessSpeed speed = ProcessBench.run(given.trial(), Geometry.of(given.network()), given.seconds(), () -> {
            out.println("ready");
            out.flush();
            // Any byte, or the end of the input, means go.
            int ignored = System.in.read();
        });
        out.println(Json.tree(speed));
        return ExitCode.DONE;
    }
}
