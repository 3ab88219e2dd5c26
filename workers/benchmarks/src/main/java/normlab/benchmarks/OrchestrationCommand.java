package normlab.benchmarks;

import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.app.config.Home;
import normlab.app.worker.Workers;
import normlab.platform.conductor.ConductorServer;
import normlab.platform.server.EmbeddedConductor;
import normlab.platform.server.StandaloneServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how the cost of orchestrating a trial grows with the campaign. */
@Command(
        name = "orchestration",
        description =
                "Run campaigns of empty trials through a Conductor server of their own, to measure the cost of orchestration.")
final class OrchestrationCommand implements Callable<Integer> {
    @Option(
            names = "--trials",
            split = ",",
            paramLabel = "N",
            defaultValue = "100,200,500,1000",
            description = "Numbers of trials, one campaign each. Default: ${DEFAULT-VALUE}.")
    private List<Integer> sizes = List.of();

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "2",
            description = "Number of training slots that poll. Default: ${DEFAULT-VALUE}.")
    private int slots;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Home home = Home.current();
        PrintWriter out = spec.commandLine().getOut();
        try (StandaloneServer<EmbeddedConductor> conductor =
                        StandaloneServer.conductor(home.stackSettings().servers());
                OrchestrationBenchmark bench = new OrchestrationBenchmark(
                                new ConductorServer(URI.create(
                                        "http://127.0.0.1:" + conductor.server().port())),
                                home.workflows())
                        .withWorkers(slots, Workers.COORDINATOR_POLLS, Workers.SLOT_POLLS)) {
            bench.run(10);
            out.printf("An idle worker takes %.1f %% of a core%n%n", 100 * bench.idleCore());
            out.printf("%8s %10s %12s %10s %16s%n", "TRIALS", "SECONDS", "MS A TRIAL", "GROWTH", "LARGEST PAYLOAD");
            double first = 0;
            for (int trials : sizes) {
                OrchestrationBenchmark.Cost campaign = bench.run(trials);
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
