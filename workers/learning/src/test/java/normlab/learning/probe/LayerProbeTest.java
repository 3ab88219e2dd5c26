package normlab.learning.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import normlab.experiment.Activation;
import normlab.learning.data.DeviceDatasets;
import normlab.learning.network.ForwardHook.RunningMoments;
import normlab.testkit.InMemoryArtifactStore;
import normlab.trial.ProbeRow.LayerState;
import normlab.trial.ProbeRow.StatisticsDrift;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LayerProbeTest {
    private final DeviceDatasets datasets = new DeviceDatasets(new InMemoryArtifactStore());
    private final NDManager manager = datasets.device();
    private final LayerProbe probe = new LayerProbe();

    @AfterEach
    void close() {
        datasets.close();
    }

    /** Two channels: 1, 3 (mean 2, variance 1) and −2, 2 (mean 0, variance 4), over two batches. */
    @Test
    void momentsAreThoseOfTheChannelsOverAllBatches() {
        probe.weightInput("conv2.weight", manager.create(new float[] {1, -2}, new Shape(1, 2)));
        probe.weightInput("conv2.weight", manager.create(new float[] {3, 2}, new Shape(1, 2)));
        LayerState state = state(Map.of("conv2.weight", 7.0));
        assertThat(state.norm()).isEqualTo(7);
        assertThat(state.inputSecondMoment()).isCloseTo((5 + 4) / 2.0, within(1e-9));
        assertThat(state.inputMeanToVariance()).isCloseTo((4 / 1.0 + 0) / 2, within(1e-9));
        assertThat(state.saturated()).isNaN();
    }

    /** E[x xᵀ] of (1, −2) and (3, 2) is [[5, 2], [2, 4]]. */
    @Test
    void theLargestEigenvalueIsThatOfTheMomentsAboutZero() {
        probe.weightInput("conv2.weight", manager.create(new float[] {1, -2, 3, 2}, new Shape(2, 2)));
        assertThat(state(Map.of()).inputLargestEigenvalue().orElseThrow())
                .isCloseTo((9 + Math.sqrt(17)) / 2, within(1e-4));
    }

    @Test
    void theEigenvalueOfImagesIsOverTheChannelsOfEachPixel() {
        probe.weightInput("conv2.weight", manager.create(new float[] {1, 3, -2, 2}, new Shape(1, 2, 1, 2)));
        assertThat(state(Map.of()).inputLargestEigenvalue().orElseThrow())
                .isCloseTo((9 + Math.sqrt(17)) / 2, within(1e-4));
    }

    /** φ′ of Sigmoid is below a tenth of its largest value from |z| = 3.64 on, that of ReLU where z is not above 0. */
    @Test
    void saturationCountsWhereTheSlopeIsBelowATenthOfTheLargest() {
        probe.weightInput("conv2.weight", manager.ones(new Shape(1, 4)));
        probe.preActivation(
                "conv2.weight", Activation.SIGMOID, manager.create(new float[] {3.6f, -3.7f, 0, 5}, new Shape(1, 4)));
        assertThat(state(Map.of()).saturated()).isEqualTo(0.5);
        assertThat(state(Map.of()).preActivationDeviation()).isCloseTo(0, within(1e-5));
    }

    @Test
    void runningStatisticsAreThoseBeforeTheFirstBatchUpdatedThem() {
        probe.normaliserInput(
                "norm1", column(0, 2), new RunningMoments(Optional.of(column(3)), column((float) Math.E)));
        probe.normaliserInput("norm1", column(0, 2), new RunningMoments(Optional.of(column(1)), column(1)));
        StatisticsDrift drift = Objects.requireNonNull(probe.drifts().get("norm1"));
        assertThat(drift.mean()).isCloseTo(4, within(1e-6));
        assertThat(drift.logVariance()).isCloseTo(1, within(1e-6));
    }

    /** The mean square of 0 and 2 is 2. */
    @Test
    void aNormaliserThatDoesNotCentreHasADriftOfItsMeanSquareAndNoneOfAMean() {
        probe.normaliserInput(
                "norm1", column(0, 2), new RunningMoments(Optional.empty(), column((float) (2 * Math.E))));
        StatisticsDrift drift = Objects.requireNonNull(probe.drifts().get("norm1"));
        assertThat(drift.mean()).isNaN();
        assertThat(drift.logVariance()).isCloseTo(1, within(1e-6));
    }

    private NDArray column(float... values) {
        return manager.create(values, new Shape(values.length, 1));
    }

    private LayerState state(Map<String, Double> norms) {
        return Objects.requireNonNull(probe.states(norms).get("conv2.weight"));
    }
}
