package normlab.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import normlab.app.bench.TrainingBenches;
import normlab.json.Json;
import normlab.learning.bench.OperatorTime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where the time of a training step goes. */
@Command(
        name = "operators",
        description = {
            "Where the time of training steps goes, down to PyTorch's operators, in one process.",
            "Each operator without those that it calls; the profiler itself slows small ones down."
        })
final class BenchOperatorsCommand implements Callable<Integer> {
    @Mixin
    private LoadOptions options = new LoadOptions();

    @Option(names = "--steps", paramLabel = "N", description = "Profiled. Default: ${DEFAULT-VALUE}.")
    private int steps = 20;

    @Option(names = "--top", paramLabel = "N", description = "Operators to show. Default: ${DEFAULT-VALUE}.")
    private int top = 15;

    @Option(names = "--json", description = "Print all of them as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        List<OperatorTime> operators = new TrainingBenches(NormLab.home()).operators(options.load(), steps);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.tree(operators));
            return ExitCode.DONE;
        }
        out.println("| operator | calls a step | ms a step | share |");
        out.println("|---|---|---|---|");
        operators.stream().limit(top).forEach(o -> row(out, o));
        List<OperatorTime> others = operators.subList(Math.min(top, operators.size()), operators.size());
        row(
                out,
                new OperatorTime(
                        "%d others".formatted(others.size()),
                        others.stream().mapToDouble(OperatorTime::calls).sum(),
                        others.stream().mapToDouble(OperatorTime::millis).sum(),
                        others.stream().mapToDouble(OperatorTime::share).sum()));
        return ExitCode.DONE;
    }

    private static void row(PrintWriter out, OperatorTime o) {
        out.printf(
                Locale.ROOT, "| %s | %.0f | %.2f | %.1f %% |%n", o.operator(), o.calls(), o.millis(), 100 * o.share());
    }
}
