package normlab.benchmarks.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import normlab.experiment.Activation;
import normlab.experiment.DatasetSpec;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.Recipe;
import normlab.experiment.TrialSpec;
import normlab.learning.data.Geometry;
import normlab.learning.network.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParityExportTest {
    private static final double RATE = 0.1;
    private static final double DECAY = 0.01;

    @TempDir
    private Path folder;

    /** The first step of SGD can be written down, so the four files can be checked against each other. */
    @Test
    void theFinalWeightsOfOneStepAreTheInitialOnesMovedByTheGradients() throws IOException {
        TrialSpec spec = new TrialSpec(
                new DatasetSpec("generated", 1, 1),
                "plain-8",
                Activation.TANH,
                new Normalization.BatchNorm(1e-5, 0.1),
                Head.OFF,
                new Recipe(RATE, 0.9, DECAY, 4, 1, 0),
                1);
        try (ParityExport export = new ParityExport(1)) {
            ParityCase written = export.write(folder, spec, new Geometry(8, 8, 1, 10));
            assertThat(written.losses())
                    .singleElement()
                    .satisfies(l -> assertThat(l).isPositive());
            assertThat(written.learningRates()).containsExactly(RATE);
        }
        assertThat(folder.resolve("case.json")).content().contains("\"plain-8\"", "\"tanh\"");
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList initial = read(manager, "initial");
            NDList gradients = read(manager, "gradients");
            NDList last = read(manager, "final");
            float start = initial.get("conv1.weight").toFloatArray()[0];
            float gradient = gradients.get("conv1.weight").toFloatArray()[0];
            assertThat(gradient).isNotZero();
            assertThat(last.get("conv1.weight").toFloatArray()[0])
                    .isCloseTo((float) (start - RATE * (gradient + DECAY * start)), within(1e-6f));
            assertThat(last.get("norm1.running_mean").toFloatArray())
                    .isNotEqualTo(initial.get("norm1.running_mean").toFloatArray());
            assertThat(read(manager, "batches").get("images").getShape().getShape())
                    .containsExactly(4, 8, 8, 1);
        }
    }

    private NDList read(NDManager manager, String name) throws IOException {
        return Safetensors.decode(manager, ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name + ".safetensors"))));
    }
}
