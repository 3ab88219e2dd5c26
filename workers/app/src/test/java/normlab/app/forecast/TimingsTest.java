package normlab.app.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import normlab.experiment.TrialSpec;
import normlab.learning.Gpu;
import normlab.learning.data.Geometry;
import normlab.platform.config.ExperimentFiles;
import normlab.provenance.TrainingStack;
import normlab.provenance.TrialIdentity;
import normlab.testkit.InMemoryArtifactStore;
import normlab.trial.JournalRow;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;
import org.junit.jupiter.api.Test;

class TimingsTest {
    private static final String GPU = "cuda-NVIDIA_A100-SXM4-40GB-8.0";
    private static final Gpu A100 = new Gpu("NVIDIA A100-SXM4-40GB", "GPU-0", 0, "550.54.15", "8.0", 40_960);
    private static final TrialSpec SPEC = new ExperimentFiles(
                    Path.of(System.getProperty("normlab.home")).resolve("workflows/experiments"))
            .load("paper-cifar10")
            .trials()
            .getFirst()
            .spec();

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();

    @Test
    void theFirstEpochOfATrialCorrectsWhatIsPublished() {
        Timings.Unseen published = Timings.onGpu(A100, 1, true);
        Timings before = Timings.of(store, GPU, published);
        assertThat(estimate(before).basis())
                .startsWith("published for A100 and ResNet-50 (tf32), by multiply-adds; the first epoch corrects it");

        TrialArchive running = trial(GPU);
        assertThat(estimate(Timings.of(store, GPU, published)).basis())
                .as("before its first epoch")
                .startsWith("published");
        running.showProgress(List.of(epoch(12.0)), List.of());
        Timings.Estimate after = estimate(Timings.of(store, GPU, published));
        assertThat(after.length()).isCloseTo(12.0 * SPEC.recipe().epochs(), within(1e-6));
        assertThat(after.basis()).isEqualTo("1 trials here, same cell");
    }

    @Test
    void anEpochOnAProcessorSaysNothingOfAGpu() {
        trial("cpu-amd64-test").showProgress(List.of(epoch(12.0)), List.of());
        assertThat(estimate(Timings.of(store, GPU, Timings.onGpu(A100, 1, true)))
                        .basis())
                .startsWith("published");
    }

    @Test
    void slotsThatShareAGpuShareItsTime() {
        double alone = estimate(Timings.none(GPU, Timings.onGpu(A100, 1, true))).length();
        assertThat(estimate(Timings.none(GPU, Timings.onGpu(A100, 2, true))).length())
                .isCloseTo(2 * alone, within(1e-6));
        // 300 trials in days, not in months.
        assertThat(alone).isBetween(600.0, 7200.0);
    }

    @Test
    void eachKindOfGpuIsFoundByItsNameAndAPartOfOneByNone() {
        assertThat(speed("NVIDIA H100 PCIe")).contains(1182.0);
        assertThat(speed("NVIDIA H100 80GB HBM3")).contains(1753.0);
        assertThat(speed("Tesla V100-SXM2-16GB")).contains(356.0);
        assertThat(speed("NVIDIA GeForce RTX 3090")).contains(513.0);
        assertThat(speed("NVIDIA A10")).contains(349.0);
        assertThat(speed("NVIDIA A100-SXM4-40GB MIG 3g.20gb")).isEmpty();
        assertThat(speed("NVIDIA A10G")).isEmpty();
    }

    @Test
    void everyPublishedFigureNamesItsSource() {
        assertThat(GpuThroughput.published())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.source()).startsWith("https://"));
    }

    private static Optional<Double> speed(String name) {
        return GpuThroughput.of(new Gpu(name, "GPU-0", 0, "550.54.15", "8.0", 40_960))
                .map(GpuThroughput::imagesPerSecond);
    }

    private static Timings.Estimate estimate(Timings timings) {
        return timings.of(SPEC, Geometry.CIFAR_10).orElseThrow();
    }

    private TrialArchive trial(String deviceClass) {
        TrialArchive trial = new TrialArchive(store, TrialId.shared("a".repeat(64)));
        trial.writeIdentity(
                new TrialIdentity(SPEC, "f".repeat(64), new TrainingStack("s", "0.35.1", "2.7.1", deviceClass, 1)));
        return trial;
    }

    private static JournalRow epoch(double seconds) {
        return new JournalRow(1, 10, Instant.EPOCH, 0.1, 1, 0.5, 1, 0.5, seconds, 1000);
    }
}
