package normlab.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.benchmarks.training.SlotMemory;
import normlab.experiment.TrialSpec;
import normlab.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The process whose memory {@link SlotMemory} measures. */
@Command(name = SlotMemory.PROCESS, hidden = true, description = "Train some steps and say the peak memory.")
final class SlotCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TRIAL", description = "What to train, as JSON.")
    private String trial = "";

    @Parameters(index = "1", paramLabel = "STEPS", description = "After how many steps to stop.")
    private int steps = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        ProcessCommand.meet(out);
        TrialSpec given = Json.read(trial.getBytes(StandardCharsets.UTF_8), TrialSpec.class, "TRIAL");
        out.println(Json.tree(SlotMemory.ofThisProcess(given, steps)));
        return ExitCode.DONE;
    }
}
