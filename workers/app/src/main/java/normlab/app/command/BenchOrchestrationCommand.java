package normlab.app.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import normlab.app.Home;
import normlab.app.worker.Workers;
import normlab.platform.conductor.ConductorServer;
import normlab.platform.conductor.OrchestrationBench;
import normlab.platform.stack.LoneConductor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How the cost of a trial's orchestration grows with the campaign. */
@Command(
        name = "orchestration",
        description = "Campaigns whose trainings take no time, through a Conductor server of their own.")
final class BenchOrchestrationCommand implements Callable<Integer> {
    @Option(
            names = "--trials",
            split = ",",
            defaultValue = "100,200,500,1000",
            description = "Sizes of the campaigns (${DEFAULT-VALUE}).")
    private List<Integer> sizes = List.of();

    @Option(names = "--slots", defaultValue = "2", description = "Training slots that poll (${DEFAULT-VALUE}).")
    private int slots;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Home home = NormLab.home();
        PrintWriter out = spec.commandLine().getOut();
        try (LoneConductor conductor = LoneConductor.start(home.stackSettings());
                OrchestrationBench bench = new OrchestrationBench(
                                new ConductorServer(conductor.address()), home.workflows())
                        .withWorkers(slots, Workers.COORDINATOR_POLLS, Workers.SLOT_POLLS)) {
            bench.run(10);
            out.printf("A worker that has nothing to do takes %.1f %% of a core%n%n", 100 * bench.idleCore());
            out.printf("%8s %10s %12s %10s %16s%n", "TRIALS", "SECONDS", "MS A TRIAL", "GROWTH", "LARGEST PAYLOAD");
            double first = 0;
            for (int trials : sizes) {
                OrchestrationBench.Cost campaign = bench.run(trials);
                double each = campaign.perTrial().toNanos() / 1e6;
                first = first == 0 ? each : first;
                out.printf(
                        "%8d %10.1f %12.1f %9.2fx %14d B%n",
                        trials, campaign.took().toMillis() / 1e3, each, each / first, campaign.largestPayload());
                out.flush();
            }
        }
        return ExitCode.DONE;
    }
}
