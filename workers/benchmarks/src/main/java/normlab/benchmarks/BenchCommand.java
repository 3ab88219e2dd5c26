package normlab.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.app.config.Home;
import normlab.benchmarks.training.TrainingBenches;
import normlab.benchmarks.training.TrainingLoad;
import normlab.benchmarks.training.TrainingSpeed;
import normlab.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how fast a network trains here; its subcommands measure the rest. */
@Command(
        name = "bench",
        description = {
            "Measure how fast this installation trains.",
            "Without a subcommand, measure whole training steps on generated images, in processes set up like training slots."
        },
        subcommands = {
            TableCommand.class,
            OperatorsCommand.class,
            SoakCommand.class,
            MemoryCommand.class,
            DecodingCommand.class,
            OrchestrationCommand.class,
            GpuTableCommand.class,
            ProcessCommand.class,
            SlotCommand.class,
            ReferenceCommand.class
        })
final class BenchCommand implements Callable<Integer> {
    @Mixin
    private LoadOptions options = new LoadOptions();

    @Option(names = "--json", description = "Print the result as a JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        TrainingLoad load = options.load();
        TrainingSpeed speed = new TrainingBenches(Home.current()).ours(load);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.tree(speed));
            return ExitCode.DONE;
        }
        out.printf(
                Locale.ROOT,
                """
                %s, %s, %s, %s, batch %d: %d process(es) of %d thread(s)
                training    %,12.0f images/s, %.2f ms a step
                            %,12.1f GFLOP/s, %.0f %% of what large matrix products reach here
                input alone %,12.0f images/s, %.0f times the training
                evaluation  %,12.0f images/s
                memory      %,12.0f MiB at most, of a process
                start       %,12.1f s to the end of the first step
                """,
                load.network(),
                options.method().arm(),
                load.activation().word(),
                load.precision().word(),
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
