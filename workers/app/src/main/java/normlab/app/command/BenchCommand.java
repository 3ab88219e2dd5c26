package normlab.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import normlab.app.bench.TrainingBenches;
import normlab.app.bench.TrainingLoad;
import normlab.app.bench.TrainingSpeed;
import normlab.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How fast a network trains here; other measurements are its subcommands. */
@Command(
        name = "bench",
        description = {
            "Measure this installation.",
            "Without a subcommand: whole training steps on generated images, in processes that are set up as training slots are."
        },
        subcommands = {
            BenchTableCommand.class,
            BenchOperatorsCommand.class,
            BenchSoakCommand.class,
            BenchOrchestrationCommand.class,
            BenchProcessCommand.class
        })
final class BenchCommand implements Callable<Integer> {
    @Mixin
    private LoadOptions options = new LoadOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        TrainingLoad load = options.load();
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
                load.network(),
                options.arm().word(),
                load.activation().word(),
                load.batch(),
                load.processes(),
                load.threads(),
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
