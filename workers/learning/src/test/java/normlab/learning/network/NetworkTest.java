package normlab.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.stream.IntStream;
import normlab.experiment.Activation;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.Recipe;
import normlab.experiment.TrialSpec;
import normlab.learning.random.RandomStream;
import normlab.testkit.TinyDataset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkTest {
    private static final double C = Math.sqrt(0.5);
    private static final Normalization NONE = new Normalization.None();
    private static final Normalization BN = new Normalization.BatchNorm(1e-5, 0.1);
    private static final Normalization CBN = new Normalization.CompleteBatchNorm(C, 1e-5, 0.1);

    private final NDManager manager = NDManager.newBaseManager();

    @BeforeEach
    void withoutGradients() {
        Kernels.recordGradients(false);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void theQuickNetworkHasAsManyParametersAsItsSpecificationSays() {
        assertThat(network(BN, Head.OFF, Activation.RELU).parameterCount()).isEqualTo(40_026);
        assertThat(network(BN, Head.POST_GAP, Activation.RELU).parameterCount()).isEqualTo(40_026);
        assertThat(network(CBN, Head.PRE_GAP, Activation.RELU).parameterCount()).isEqualTo(39_834);
        assertThat(network(NONE, Head.OFF, Activation.RELU).parameterCount()).isEqualTo(39_834);
    }

    @Test
    void theArmsOfASeedStartFromTheSameDrawsScaledByTheirGain() {
        float[] bn = weights(network(BN, Head.OFF, Activation.TANH), "conv3.weight");
        float[] cbn = weights(network(CBN, Head.PRE_GAP, Activation.TANH), "conv3.weight");
        float[] none = weights(network(NONE, Head.OFF, Activation.TANH), "conv3.weight");
        for (int i = 0; i < bn.length; i++) {
            assertThat(cbn[i]).isCloseTo((float) (bn[i] / C), within(1e-6f));
            assertThat(none[i]).isCloseTo(bn[i] * 5 / 3, within(1e-6f));
        }
        assertThat(weights(network(CBN, Head.PRE_GAP, Activation.TANH), "conv1.weight"))
                .isEqualTo(weights(network(BN, Head.OFF, Activation.TANH), "conv1.weight"));
    }

    @Test
    void weightDecayTouchesWeightsAndNothingElse() {
        assertThat(network(BN, Head.OFF, Activation.RELU).parameters())
                .allSatisfy(p -> assertThat(p.decayed())
                        .isEqualTo(p.name().endsWith(".weight") && !p.name().startsWith("norm")));
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void gradientsAgreeWithFiniteDifferences(Activation activation) {
        for (Normalization normalization : List.of(NONE, BN, CBN)) {
            for (Head head : Head.values()) {
                gradientAgrees(network(normalization, head, activation), normalization + " " + head);
            }
        }
    }

    /** Along one random direction of all parameters: (L(w + εd) − L(w − εd))/2ε against g·d. */
    private void gradientAgrees(Network network, String arm) {
        NDArray images = images(8, 1);
        NDArray labels = manager.create(new long[] {0, 1, 2, 3, 4, 5, 6, 7}, new Shape(8, 1));
        network.parameters().forEach(p -> p.value().setRequiresGradient(true));
        try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            gradients.backward(Kernels.crossEntropy(network.forward(images, Mode.TRAINING), labels));
        }
        double slope = 0;
        double epsilon = 2e-3;
        List<Parameter> parameters = network.parameters();
        List<NDArray> directions = IntStream.range(0, parameters.size())
                .mapToObj(i -> direction(parameters.get(i).value(), i))
                .toList();
        for (int i = 0; i < parameters.size(); i++) {
            slope += parameters
                    .get(i)
                    .value()
                    .getGradient()
                    .mul(directions.get(i))
                    .sum()
                    .getFloat();
        }
        double up = lossMoved(network, directions, epsilon, images, labels);
        double down = lossMoved(network, directions, -epsilon, images, labels);
        assertThat((up - down) / (2 * epsilon)).as(arm).isCloseTo(slope, within(0.03 * Math.abs(slope) + 2e-3));
    }

    private double lossMoved(Network network, List<NDArray> directions, double by, NDArray images, NDArray labels) {
        move(network, directions, by);
        double loss = Kernels.crossEntropy(network.forward(images, Mode.TRAINING), labels)
                .getFloat();
        move(network, directions, -by);
        return loss;
    }

    private static void move(Network network, List<NDArray> directions, double by) {
        for (int i = 0; i < directions.size(); i++) {
            network.parameters().get(i).value().addi(directions.get(i).mul((float) by));
        }
    }

    /** Of length 1/√(number of arrays), so that no array dominates. */
    private NDArray direction(NDArray like, int index) {
        RandomStream stream = RandomStream.of(5, "direction", index);
        float[] values = new float[Math.toIntExact(like.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (stream.nextNormal() / Math.sqrt(values.length * 18.0));
        }
        return manager.create(values, like.getShape());
    }

    @Test
    void theNormaliserGivesMeanZeroAndStandardDeviationCWhateverScaleAndShift() {
        Layer.BatchNormalization layer = normaliser(3);
        NDArray x = images(16, 3);
        NDArray y = layer.forward(x, Mode.TRAINING);
        NDArray moved = layer.forward(x.mul(3).add(7), Mode.TRAINING);
        for (int channel = 0; channel < 3; channel++) {
            NDArray values = y.get(":, " + channel);
            assertThat(values.mean().getFloat()).isCloseTo(0, within(1e-5f));
            assertThat(values.square().mean().getFloat()).isCloseTo(0.5f, within(1e-3f));
        }
        assertThat(y.sub(moved).abs().max().getFloat()).isLessThan(1e-3f);
    }

    @Test
    void runningStatisticsMoveByTheMomentumWithTheUnbiasedVariance() {
        Layer.BatchNormalization layer = normaliser(1);
        NDArray x = manager.create(new float[] {1, 2, 3, 6}, new Shape(4, 1));
        layer.forward(x, Mode.TRAINING);
        assertThat(layer.runningMean().value().getFloat()).isCloseTo(0.1f * 3, within(1e-6f));
        assertThat(layer.runningVariance().value().getFloat()).isCloseTo(0.9f + 0.1f * 14 / 3, within(1e-6f));
        layer.forward(x.mul(100), Mode.EVALUATION);
        assertThat(layer.runningMean().value().getFloat()).isCloseTo(0.3f, within(1e-6f));
    }

    @Test
    void aBatchOfOneValuePerChannelIsRefused() {
        Layer.BatchNormalization layer = normaliser(2);
        assertThatThrownBy(() -> layer.forward(manager.ones(new Shape(1, 2)), Mode.TRAINING))
                .hasMessageContaining("norm1")
                .hasMessageContaining("1 value for each channel, expected 2 or more");
    }

    @Test
    void aSavedNetworkIsReadBackWithTheSameBytesAndTheSameOutput() {
        Network saved = network(BN, Head.POST_GAP, Activation.SWISH);
        NDArray images = images(8, 1);
        saved.forward(images, Mode.TRAINING);
        byte[] bytes = saved.toSafetensors();
        Network loaded = new Network(manager, spec(BN, Head.POST_GAP, Activation.SWISH, 99), 1, 10);
        loaded.load(bytes);
        assertThat(loaded.toSafetensors()).isEqualTo(bytes);
        assertThat(loaded.forward(images, Mode.EVALUATION).toFloatArray())
                .isEqualTo(saved.forward(images, Mode.EVALUATION).toFloatArray());
    }

    private Layer.BatchNormalization normaliser(int channels) {
        return new Layer.BatchNormalization(
                "norm1",
                new Parameter("norm1.weight", manager.ones(new Shape(channels)).mul((float) C), false),
                new Parameter("norm1.bias", manager.zeros(new Shape(channels)), false),
                false,
                new Parameter("norm1.running_mean", manager.zeros(new Shape(channels)), false),
                new Parameter("norm1.running_var", manager.ones(new Shape(channels)), false),
                0.1,
                1e-5);
    }

    private Network network(Normalization normalization, Head head, Activation activation) {
        return new Network(manager, spec(normalization, head, activation, 1), 1, 10);
    }

    private static TrialSpec spec(Normalization normalization, Head head, Activation activation, long seed) {
        Recipe recipe = new Recipe(0.1, 0.9, 5e-4, 8, 1, 0);
        return new TrialSpec(TinyDataset.SPEC, "plain-8", activation, normalization, head, recipe, seed);
    }

    private NDArray images(int count, int channels) {
        RandomStream stream = RandomStream.of(3, "images", channels);
        float[] values = new float[count * channels * 144];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) stream.nextNormal();
        }
        return manager.create(values, new Shape(count, channels, 12, 12));
    }

    private static float[] weights(Network network, String name) {
        return network.parameters().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value()
                .toFloatArray();
    }
}
