package normlab.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import normlab.experiment.Precision;
import normlab.learning.network.Normaliser.Statistics;
import normlab.learning.random.RandomStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A normaliser that reads the images: then the pooled moments are those of all images at once. */
class PooledStatisticsTest {
    private static final int CHANNELS = 4;
    private static final int BATCHES = 3;

    private final NDManager manager = NDManager.newBaseManager();

    enum Kind {
        BATCH_NORM,
        WHITENING,
        GROUPED_WHITENING,
        ROOT_MEAN_SQUARE;

        Normaliser create() {
            return switch (this) {
                case BATCH_NORM -> BatchNormalization.of("norm1", CHANNELS, 1, true, 1e-5, 0.1);
                case WHITENING -> Whitening.of("norm1", CHANNELS, 0, 1, false, 1e-3, 0.1);
                case GROUPED_WHITENING -> Whitening.of("norm1", CHANNELS, 2, 1, false, 1e-3, 0.1);
                case ROOT_MEAN_SQUARE -> RmsNormalization.of("norm1", CHANNELS, 1, 1e-5, 0.1);
            };
        }
    }

    @BeforeEach
    void recordNoGradients() {
        TorchOps.recordGradients(false);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @EnumSource
    void theMomentsOfBatchesArePooledToThoseOfAllValues(Kind kind) {
        Normaliser normaliser = kind.create();
        try (Network network = network(normaliser);
                PooledStatistics pooled = new PooledStatistics(manager, network)) {
            NDArray images = images();
            for (int batch = 0; batch < BATCHES; batch++) {
                pooled.add(images.get("{}:{}", 8 * batch, 8 * batch + 8));
            }
            pooled.install();
            Statistics statistics = normaliser.statistics();
            double[][] values = byChannel(images);
            statistics.mean().ifPresent(mean -> {
                float[] found = network.store().get(mean).toFloatArray();
                for (int c = 0; c < CHANNELS; c++) {
                    assertThat(found[c]).isCloseTo((float) moment(values[c]), within(1e-5f));
                }
            });
            assertThat(network.store().get(statistics.spread()).toFloatArray())
                    .containsExactly(expectedSpread(kind, values), within(1e-4f));
        }
    }

    @ParameterizedTest
    @EnumSource
    void closingPutsTheNetworksOwnStatisticsBackBitForBit(Kind kind) {
        try (Network network = network(kind.create())) {
            network.forward(images(), Mode.TRAINING);
            byte[] before = network.toSafetensors();
            try (PooledStatistics pooled = new PooledStatistics(manager, network)) {
                pooled.add(images().mul(3));
                pooled.install();
                assertThat(network.toSafetensors()).isNotEqualTo(before);
            }
            assertThat(network.toSafetensors()).isEqualTo(before);
        }
    }

    @Test
    void aBatchThatIsNotFiniteDoesNotOutlastTheEvaluation() {
        try (Network network = network(Kind.BATCH_NORM.create())) {
            byte[] before = network.toSafetensors();
            try (PooledStatistics pooled = new PooledStatistics(manager, network)) {
                pooled.add(images().mul(Float.NaN));
                pooled.add(images());
                pooled.install();
            }
            assertThat(network.toSafetensors()).isEqualTo(before);
        }
    }

    private Network network(Normaliser normaliser) {
        return new Network(
                manager,
                new Sequential(List.of(normaliser)),
                new WeightInitializer(1, DataType.FLOAT32),
                Precision.FLOAT32);
    }

    /** Channels of different means and deviations that depend on each other, and batches that differ. */
    private NDArray images() {
        RandomStream random = RandomStream.of(1, "test", 0);
        float[] values = new float[8 * BATCHES * CHANNELS * 9];
        for (int i = 0; i < values.length; i++) {
            int channel = i / 9 % CHANNELS;
            int image = i / 9 / CHANNELS;
            values[i] = (float) (channel + 0.5 * (image / 8) + (1 + channel) * random.nextNormal());
            values[i] += channel > 0 ? values[i - 9] / 2 : 0;
        }
        return manager.create(values, new Shape(8 * BATCHES, CHANNELS, 3, 3));
    }

    private static double[][] byChannel(NDArray images) {
        float[] all = images.toFloatArray();
        List<List<Double>> values = new ArrayList<>();
        for (int c = 0; c < CHANNELS; c++) {
            values.add(new ArrayList<>());
        }
        for (int i = 0; i < all.length; i++) {
            values.get(i / 9 % CHANNELS).add((double) all[i]);
        }
        return values.stream()
                .map(v -> v.stream().mapToDouble(Double::doubleValue).toArray())
                .toArray(double[][]::new);
    }

    private static float[] expectedSpread(Kind kind, double[][] values) {
        int group = switch (kind) {
            case WHITENING -> CHANNELS;
            case GROUPED_WHITENING -> 2;
            case BATCH_NORM, ROOT_MEAN_SQUARE -> 1;
        };
        float[] expected = new float[CHANNELS * group];
        for (int i = 0; i < expected.length; i++) {
            int row = i / group;
            int column = row / group * group + i % group;
            double[] products = new double[values[row].length];
            for (int k = 0; k < products.length; k++) {
                products[k] = values[row][k] * values[column][k];
            }
            double centre = kind == Kind.ROOT_MEAN_SQUARE ? 0 : moment(values[row]) * moment(values[column]);
            expected[i] = (float) (moment(products) - centre);
        }
        return expected;
    }

    private static double moment(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
