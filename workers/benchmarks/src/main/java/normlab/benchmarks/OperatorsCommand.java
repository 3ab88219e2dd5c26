package normlab.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.app.config.Home;
import normlab.benchmarks.training.OperatorTime;
import normlab.benchmarks.training.TrainingBenches;
import normlab.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Profiles training steps by operator. */
@Command(
        name = "operators",
        description = {
            "Profile the training steps of one process by PyTorch operator.",
            "An operator's time excludes the operators that it calls. The profiler slows small operators down."
        })
final class OperatorsCommand implements Callable<Integer> {
    @Mixin
    private LoadOptions options = new LoadOptions();

    @Option(names = "--steps", paramLabel = "N", description = "Number of steps to profile. Default: ${DEFAULT-VALUE}.")
    private int steps = 20;

    @Option(names = "--top", paramLabel = "N", description = "Number of operators to print. Default: ${DEFAULT-VALUE}.")
    private int top = 15;

    @Option(names = "--json", description = "Print all operators as a JSON array.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        List<OperatorTime> operators = new TrainingBenches(Home.current()).operators(options.load(), steps);
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
