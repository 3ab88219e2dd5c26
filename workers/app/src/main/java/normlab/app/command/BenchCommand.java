package normlab.app.command;

import picocli.CommandLine.Command;

/** Measurements; each prints its table. */
@Command(
        name = "bench",
        description = "Measure this installation.",
        subcommands = {
            BenchTrainingCommand.class,
            BenchTableCommand.class,
            BenchOrchestrationCommand.class,
            BenchProcessCommand.class
        })
final class BenchCommand {}
