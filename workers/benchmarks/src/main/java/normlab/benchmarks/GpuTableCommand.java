package normlab.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.app.config.Home;
import normlab.benchmarks.training.FixedTraining;
import normlab.benchmarks.training.TrainingBenches;
import normlab.benchmarks.training.TrainingLoad;
import normlab.experiment.Activation;
import normlab.experiment.Precision;
import normlab.learning.ComputeDevice;
import normlab.learning.Gpu;
import normlab.platform.config.ArmCatalogue;
import normlab.platform.config.ArmCatalogue.Method;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** All that is asked of a GPU that nobody has tried yet, in one table. */
@Command(
        name = "gpu",
        description = {
            "Train each network twice on the first GPU, and say whether the bytes are equal, how fast it was, how far the losses"
                    + " scatter, how much memory it took, and what two processes on one GPU give together.",
            "Takes at most ten minutes. Without NORMLAB_DEVICE=gpu it runs on the processor."
        })
final class GpuTableCommand implements Callable<Integer> {
    private static final String ROW = "| %s | %s | %,.0f | %,.0f | %s | %.1e | %s | %,.0f |%n";

    @Option(names = "--steps", paramLabel = "N", description = "Steps that are measured. Default: ${DEFAULT-VALUE}.")
    private int steps = 200;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** In what convolutions and products are computed. */
    private enum Arithmetic {
        FLOAT32,
        TF32,
        BFLOAT16
    }

    /** What is trained, and on how many images at once. */
    private record Row(String network, int batch) {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Optional<Gpu> gpu = ComputeDevice.ofEnvironment().gpus().stream().findFirst();
        out.printf(
                "%s, %d steps%n%n",
                gpu.map(g -> g.name() + ", driver " + g.driver()).orElse("On the processor"), steps);
        out.println(
                "| network, batch | arithmetic | images/s | again | bytes | losses differ by | GPU MiB in use | two processes, images/s |");
        out.println("|---|---|---|---|---|---|---|---|");
        boolean modern = gpu.filter(Gpu::hasTf32).isPresent();
        for (Row row : List.of(new Row("plain-8", 64), new Row("resnet-20", 128), new Row("resnet-18", 128))) {
            for (Arithmetic arithmetic : modern ? List.of(Arithmetic.values()) : List.of(Arithmetic.FLOAT32)) {
                print(row, arithmetic, out);
            }
        }
        return ExitCode.DONE;
    }

    private void print(Row row, Arithmetic arithmetic, PrintWriter out) throws IOException {
        FixedTraining first = train(row, arithmetic, 1).getFirst();
        FixedTraining second = train(row, arithmetic, 1).getFirst();
        double together = train(row, arithmetic, 2).stream()
                .mapToDouble(FixedTraining::imagesPerSecond)
                .sum();
        out.printf(
                Locale.ROOT,
                ROW,
                row.network() + ", " + row.batch(),
                arithmetic.name().toLowerCase(Locale.ROOT),
                first.imagesPerSecond(),
                second.imagesPerSecond(),
                first.weights().equals(second.weights()) ? "equal" : "differ",
                Math.abs(first.meanLoss() - second.meanLoss()),
                first.gpuMiB().map(mib -> Long.toString(mib)).orElse("none"),
                together);
        out.flush();
    }

    private List<FixedTraining> train(Row row, Arithmetic arithmetic, int processes) throws IOException {
        Method method = ArmCatalogue.in(Home.current().experiments()).method("bn");
        TrainingLoad load = new TrainingLoad(
                row.network(),
                Activation.RELU,
                method.normalization(),
                method.head(),
                arithmetic == Arithmetic.BFLOAT16 ? Precision.BFLOAT16 : Precision.FLOAT32,
                row.batch(),
                1,
                processes,
                1);
        return new TrainingBenches(Home.current()).fixed(load, steps, arithmetic == Arithmetic.TF32);
    }
}
