package normlab.learning.network;

import static normlab.learning.network.TestNetworks.C;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each normaliser on its own, in double precision. */
class NormaliserTest extends WithArrays {
    static List<Normaliser> all() {
        return List.of(standardiser(6), bounded(6), uncentred(6), whitening(6, 0), whitening(6, 3));
    }

    static List<Normaliser> scaleFree() {
        return List.of(standardiser(6), uncentred(6), whitening(6, 0), whitening(6, 3));
    }

    static List<Normaliser> centred() {
        return List.of(standardiser(6), whitening(6, 0), whitening(6, 3));
    }

    private static BatchNormalization standardiser(int channels) {
        return BatchNormalization.of("norm1", channels, C, false, 1e-5, 0.1);
    }

    private static BoundedNormalization bounded(int channels) {
        return BoundedNormalization.of("norm1", channels, C, 1, 1e-5, 0.1);
    }

    private static RmsNormalization uncentred(int channels) {
        return RmsNormalization.of("norm1", channels, C, 1e-5, 0.1);
    }

    private static Whitening whitening(int channels, int groupSize) {
        return Whitening.of("norm1", channels, groupSize, C, false, 1e-3, 0.1);
    }

    private ParameterStore store(Layer layer) {
        return new ParameterStore(
                manager, layer.parameters(), new WeightInitializer(1, DataType.FLOAT64), new Arithmetic.AsStored());
    }

    private NDArray forward(Layer layer, NDArray x) {
        return layer.forward(x, store(layer), Mode.TRAINING);
    }

    @ParameterizedTest
    @MethodSource("centred")
    void theMeanOfEachChannelIsZeroAndItsStandardDeviationC(Layer layer) {
        NDArray y = forward(layer, images(1).mul(3).add(7));
        for (int channel = 0; channel < 6; channel++) {
            NDArray one = y.get(":, " + channel);
            assertThat(one.mean().getDouble()).isCloseTo(0, within(1e-10));
            assertThat(one.square().mean().getDouble()).isCloseTo(0.5, within(5e-3));
        }
    }

    @ParameterizedTest
    @MethodSource("centred")
    void aShiftOfTheInputChangesNothing(Layer layer) {
        assertThat(distance(forward(layer, images(1)), forward(layer, images(1).add(7))))
                .isLessThan(1e-10);
    }

    @ParameterizedTest
    @MethodSource("scaleFree")
    void aScaleOfTheInputChangesNothingButForEpsilon(Layer layer) {
        assertThat(distance(forward(layer, images(1)), forward(layer, images(1).mul(50))))
                .isLessThan(1e-4);
    }

    @Test
    void aBoundedDivisorScalesWhatDeviatesMoreThanTheFloorAndOnlyCentresTheRest() {
        NDArray wide = images(1).mul(3).add(7);
        assertThat(distance(forward(bounded(6), wide), forward(standardiser(6), wide)))
                .isLessThan(1e-6);
        NDArray narrow = images(1).mul(0.3).add(7);
        NDArray mean = narrow.sum(new int[] {0, 2, 3}, true).div(8 * 25);
        NDArray centred = narrow.sub(mean).mul(C);
        assertThat(distance(forward(bounded(6), narrow), centred)).isLessThan(1e-10);
    }

    @Test
    void withoutCentringTheSecondMomentIsCSquaredAndTheMeanStays() {
        NDArray y = forward(uncentred(6), images(1).add(2));
        assertThat(y.square().mean().getDouble()).isCloseTo(0.5, within(1e-5));
        assertThat(y.mean().getDouble()).isGreaterThan(0.5);
    }

    @Test
    void whiteningMakesTheCovarianceCSquaredTimesTheIdentity() {
        NDArray rows = rows(forward(whitening(6, 0), mixed()));
        NDArray covariance = rows.transpose().matMul(rows).div(rows.getShape().get(0));
        assertThat(distance(
                        covariance,
                        manager.eye(6).toType(DataType.FLOAT64, false).mul(0.5)))
                .isLessThan(1e-2);
    }

    @Test
    void whiteningInGroupsLeavesTheCovarianceBetweenThemAlone() {
        NDArray rows = rows(forward(whitening(6, 3), mixed()));
        NDArray covariance = rows.transpose().matMul(rows).div(rows.getShape().get(0));
        NDArray half = manager.eye(3).toType(DataType.FLOAT64, false).mul(0.5);
        assertThat(distance(covariance.get("0:3, 0:3"), half)).isLessThan(1e-2);
        assertThat(distance(covariance.get("3:6, 3:6"), half)).isLessThan(1e-2);
        assertThat(covariance.get("0:3, 3:6").abs().max().getDouble()).isGreaterThan(0.05);
    }

    @Test
    void aGroupIsTheLargestDivisorOfTheChannelsUpToItsSize() {
        assertThat(whitening(24, 16).runningCovariance().shape()).isEqualTo(new Shape(2, 12, 12));
        assertThat(whitening(6, 16).runningCovariance().shape()).isEqualTo(new Shape(1, 6, 6));
        assertThat(whitening(7, 4).runningCovariance().shape()).isEqualTo(new Shape(7, 1, 1));
    }

    @Test
    void runningStatisticsMoveByTheMomentumWithTheUnbiasedVariance() {
        NDArray x = manager.create(new double[] {1, 2, 3, 6}, new Shape(4, 1));
        BatchNormalization standardiser = standardiser(1);
        ParameterStore moved = store(standardiser);
        standardiser.forward(x, moved, Mode.TRAINING);
        assertThat(moved.get(standardiser.runningMean()).getDouble()).isCloseTo(0.1 * 3, within(1e-9));
        assertThat(moved.get(standardiser.runningVariance()).getDouble()).isCloseTo(0.9 + 0.1 * 14 / 3, within(1e-9));

        Whitening whitening = whitening(1, 0);
        moved = store(whitening);
        whitening.forward(x, moved, Mode.TRAINING);
        assertThat(moved.get(whitening.runningMean()).getDouble()).isCloseTo(0.1 * 3, within(1e-9));
        assertThat(moved.get(whitening.runningCovariance()).getDouble()).isCloseTo(0.9 + 0.1 * 14 / 3, within(1e-9));

        RmsNormalization uncentred = uncentred(1);
        moved = store(uncentred);
        uncentred.forward(x, moved, Mode.TRAINING);
        assertThat(moved.get(uncentred.runningMeanSquare()).getDouble()).isCloseTo(0.9 + 0.1 * 50 / 4, within(1e-9));
    }

    /** After many equal batches, the running statistics are those of one. */
    @ParameterizedTest
    @MethodSource("all")
    void theRunningMomentsAreTheMeanAndTheSpreadOfEachChannel(Normaliser layer) {
        ParameterStore store = store(layer);
        for (int i = 0; i < 300; i++) {
            layer.forward(mixed(), store, Mode.TRAINING);
        }
        NDArray rows = rows(mixed());
        long count = rows.getShape().get(0);
        ForwardHook.RunningMoments running = layer.runningMoments(mixed(), store);
        NDArray mean = rows.mean(new int[] {0});
        NDArray spread = running.mean().isPresent()
                ? rows.sub(mean).square().sum(new int[] {0}).div(count - 1)
                : rows.square().mean(new int[] {0});
        running.mean().ifPresent(m -> assertThat(distance(m, mean)).isLessThan(1e-9));
        assertThat(distance(running.spread(), spread)).isLessThan(1e-9);
    }

    @Test
    void theRunningCovarianceIsThatOfTheBatchesInFullAndEvaluationLeavesItAlone() {
        Whitening layer = whitening(6, 0);
        ParameterStore store = store(layer);
        for (int i = 0; i < 300; i++) {
            layer.forward(mixed(), store, Mode.TRAINING);
        }
        NDArray rows = rows(mixed());
        NDArray centred = rows.sub(rows.mean(new int[] {0}, true));
        NDArray covariance =
                centred.transpose().matMul(centred).div(rows.getShape().get(0) - 1);
        layer.forward(mixed().mul(100), store, Mode.EVALUATION);
        assertThat(distance(store.get(layer.runningCovariance()).reshape(6, 6), covariance))
                .isLessThan(1e-9);
        assertThat(distance(layer.forward(mixed(), store, Mode.EVALUATION), forward(layer, mixed())))
                .isLessThan(1e-2);
    }

    /** At inference each is x ↦ A·x + b, whatever stands in the batch beside x: A and b go into the weights behind. */
    @ParameterizedTest
    @MethodSource("all")
    void atInferenceTheNormaliserCanBeFoldedIntoTheWeightsBehindIt(Layer layer) {
        ParameterStore store = store(layer);
        layer.forward(mixed(), store, Mode.TRAINING);
        NDArray weights = TestNetworks.normal(manager, 11, new Shape(6, 4));
        NDArray shift = layer.forward(manager.zeros(new Shape(1, 6), DataType.FLOAT64), store, Mode.EVALUATION);
        NDArray units = manager.eye(6).toType(DataType.FLOAT64, false);
        NDArray matrix = layer.forward(units, store, Mode.EVALUATION).sub(shift);
        NDArray x = TestNetworks.normal(manager, 12, new Shape(5, 6));
        NDArray folded = x.matMul(matrix.matMul(weights)).add(shift.matMul(weights));
        NDArray plain = layer.forward(x, store, Mode.EVALUATION).matMul(weights);
        assertThat(distance(folded, plain)).isLessThan(1e-10);
    }

    @ParameterizedTest
    @MethodSource("all")
    void aBatchOfOneValuePerChannelIsRefused(Layer layer) {
        NDArray one = manager.ones(new Shape(1, 6), DataType.FLOAT64);
        assertThatThrownBy(() -> forward(layer, one))
                .hasMessageContaining("norm1")
                .hasMessageContaining("1 value for each channel, expected 2 or more");
        forward(layer, manager.ones(new Shape(1, 6, 1, 2), DataType.FLOAT64));
    }

    private NDArray images(int seed) {
        return TestNetworks.normal(manager, seed, new Shape(8, 5, 5, 6)).transpose(0, 3, 1, 2);
    }

    /** Images with channels that depend on each other and are not centred. */
    private NDArray mixed() {
        NDArray mixing = TestNetworks.normal(manager, 9, new Shape(6, 6))
                .mul(0.1)
                .add(manager.eye(6).toType(DataType.FLOAT64, false));
        return images(1)
                .transpose(0, 2, 3, 1)
                .reshape(-1, 6)
                .matMul(mixing)
                .add(1)
                .reshape(8, 5, 5, 6)
                .transpose(0, 3, 1, 2);
    }

    private static NDArray rows(NDArray x) {
        return x.transpose(0, 2, 3, 1).reshape(-1, 6);
    }

    private static double distance(NDArray a, NDArray b) {
        return a.sub(b).abs().max().getDouble();
    }
}
