package normlab.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import normlab.app.Natives;
import normlab.experiment.Activation;
import normlab.experiment.DatasetSpec;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.Recipe;
import normlab.experiment.TrialSpec;
import normlab.learning.data.Geometry;
import normlab.learning.parity.ParityCase;
import normlab.learning.parity.ParityExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a few steps of many networks and writes what PyTorch needs to recompute them; infra/parity compares. */
@Command(
        name = "parity",
        description = "Write a few training steps of many networks, for PyTorch to recompute (see `make parity`).")
final class ParityCommand implements Callable<Integer> {
    /**
     * Few small images and a low rate: a rounding error that flips one ReLU, of which there are millions in larger batches,
     * moves a gradient by a per cent, and says nothing about the mathematics.
     */
    private static final Recipe RECIPE = new Recipe(0.0005, 0.9, 0.05, 16, 1, 0);

    private static final int PIXELS = 16;
    private static final double C = Math.sqrt(0.5);

    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "Gets a folder for each case.")
    private Path out = Path.of(".");

    @Option(names = "--networks", split = ",", paramLabel = "NAME", description = "Default: ${DEFAULT-VALUE}.")
    private List<String> networks = List.of("plain-8");

    @Option(names = "--activations", split = ",", paramLabel = "NAME", description = "Default: all.")
    private List<Activation> activations = List.of(Activation.values());

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Optimizer steps of each case. Default: ${DEFAULT-VALUE}.")
    private int steps = 20;

    @Option(names = "--seed", paramLabel = "N", description = "Of weights and images. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** What stands where, under the name that the case's folder gets. */
    private record Arm(String name, Normalization normalization, Head head) {}

    private static final List<Arm> ARMS = List.of(
            new Arm("none", new Normalization.None(), Head.OFF),
            new Arm("bn", new Normalization.BatchNorm(1e-5, 0.1), Head.OFF),
            new Arm("bn-pre-gap", new Normalization.BatchNorm(1e-5, 0.1), Head.PRE_GAP),
            new Arm("bn-post-gap", new Normalization.BatchNorm(1e-5, 0.1), Head.POST_GAP),
            new Arm("cbn", new Normalization.CompleteBatchNorm(C, 1e-5, 0.1), Head.PRE_GAP),
            new Arm("cbn-off", new Normalization.CompleteBatchNorm(C, 1e-5, 0.1), Head.OFF),
            new Arm("cbn-post-gap", new Normalization.CompleteBatchNorm(C, 1e-5, 0.1), Head.POST_GAP));

    @Override
    public Integer call() throws IOException {
        Natives.configure(NormLab.home());
        PrintWriter print = spec.commandLine().getOut();
        try (ParityExport export = new ParityExport(steps)) {
            for (String network : networks) {
                for (Arm arm : ARMS) {
                    for (Activation activation : activations) {
                        ParityCase written = write(export, network, arm, activation);
                        print.printf(
                                Locale.ROOT,
                                "%s: loss %.4f to %.4f%n",
                                written.name(),
                                written.losses().getFirst(),
                                written.losses().getLast());
                    }
                }
            }
        }
        return ExitCode.DONE;
    }

    private ParityCase write(ParityExport export, String network, Arm arm, Activation activation) throws IOException {
        TrialSpec trial = new TrialSpec(
                new DatasetSpec("generated", 1, 1), network, activation, arm.normalization(), arm.head(), RECIPE, seed);
        String name = String.join("-", network, arm.name(), activation.word());
        Geometry usual = Geometry.of(network);
        Geometry geometry = new Geometry(PIXELS, PIXELS, usual.channels(), usual.classes());
        return export.write(out.resolve(name), trial, geometry);
    }
}
