package normlab.learning.network;

import static normlab.learning.network.TestNetworks.BN;
import static normlab.learning.network.TestNetworks.C;
import static normlab.learning.network.TestNetworks.CBN;
import static normlab.learning.network.TestNetworks.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import normlab.experiment.Activation;
import normlab.experiment.Head;
import normlab.experiment.HeadNormaliser;
import normlab.experiment.Normalization;
import normlab.experiment.Normalization.Variant;
import normlab.experiment.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What arms must have in common to be compared, and the quantities that readings fix at the start. */
class ArmsTest extends WithArrays {
    @ParameterizedTest
    @EnumSource
    void theMomentsOfAnActivationAreThoseAtAStandardNormalInput(Activation activation) {
        assertThat(ActivationFunctions.normalMean(activation)).isCloseTo(moment(activation, y -> y), within(1e-6));
        assertThat(Math.pow(ActivationFunctions.normalDeviation(activation), 2)
                        + Math.pow(ActivationFunctions.normalMean(activation), 2))
                .isCloseTo(moment(activation, NDArray::square), within(1e-6));
    }

    /** E f(φ(u)) by the rule of trapezoids. */
    private double moment(Activation activation, UnaryOperator<NDArray> f) {
        double step = 1e-3;
        NDArray u = manager.arange(-9f, 9f, (float) step, DataType.FLOAT64);
        NDArray density = u.square().div(-2).exp().div(Math.sqrt(2 * Math.PI));
        return f.apply(ActivationFunctions.apply(activation, u))
                        .mul(density)
                        .sum()
                        .getDouble()
                * step;
    }

    @Test
    void branchesThatEndWithWeightsAreScaledAlikeInEveryArm() {
        for (String weight : new String[] {"layer1.0.conv1.weight", "layer2.1.conv2.weight"}) {
            NDArray bn = value(network("preact-resnet-20", BN, Activation.TANH), weight);
            NDArray cbn = value(network("preact-resnet-20", CBN, Activation.TANH), weight);
            assertThat(bn.sub(cbn.mul(C)).abs().max().getDouble()).as(weight).isLessThan(1e-7);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain-8", "plain-20"})
    void withoutNormalizationSigmoidLetsAGradientThroughToTheFirstLayer(String name) {
        Network network = network(name, NONE, Activation.SIGMOID);
        NDArray images = TestNetworks.images(manager, 32, 1, 28);
        network.parameters().forEach(p -> p.value().setRequiresGradient(true));
        try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            gradients.backward(
                    TorchOps.crossEntropy(network.forward(images, Mode.TRAINING), TestNetworks.labels(manager, 32)));
        }
        String last = "conv" + name.substring("plain-".length()) + ".weight";
        assertThat(gradientNorm(network, "conv1.weight"))
                .isGreaterThan(gradientNorm(network, last) / 100)
                .isGreaterThan(gradientNorm(network, "fc.weight") / 100);
    }

    private static double gradientNorm(Network network, String name) {
        return value(network, name).getGradient().square().sum().sqrt().getDouble();
    }

    @Test
    void theInitialBiasesWithoutNormalizationCancelTheMeanOfSigmoid() {
        Network network = network("plain-8", NONE, Activation.SIGMOID);
        NDArray sums = value(network, "conv3.weight").sum(new int[] {1, 2, 3});
        assertThat(value(network, "conv3.bias").add(sums.mul(0.5)).abs().max().getDouble())
                .isLessThan(1e-5);
        assertThat(value(network, "conv1.bias").abs().max().getDouble()).isZero();
    }

    @Test
    void aCentredActivationHasMeanZeroAtTheStart() {
        Design design = new Design(BN, Activation.SIGMOID, Head.OFF, Optional.empty(), true);
        Map<String, NDArray> inputs = weightInputs("plain-8", design, 28);
        inputs.remove("conv1.weight");
        // After the max-pool, which raises the mean of whatever it reads.
        inputs.remove("conv5.weight");
        inputs.forEach(
                (weight, x) -> assertThat(x.mean().getDouble()).as(weight).isCloseTo(0, within(0.01)));
    }

    @Test
    void perFanInEveryWeightLayerReadsTheSameSquaredNorm() {
        Normalization fanIn =
                new Normalization.CompleteBatchNorm(Variant.PLAIN, 12, 1e-5, 0.1, Optional.empty(), Optional.of(true));
        Map<String, NDArray> inputs = weightInputs("resnet-18", new Design(fanIn, Activation.RELU, Head.POST_GAP), 8);
        inputs.remove("conv1.weight");
        assertThat(inputs).containsKeys("layer2.0.conv1.weight", "layer2.0.shortcut.conv1.weight", "fc.weight");
        inputs.forEach((weight, x) -> {
            int kernel = weight.contains("shortcut") || weight.startsWith("fc") ? 1 : 9;
            double squaredNorm =
                    kernel * x.getShape().get(1) * x.square().mean().getDouble();
            assertThat(squaredNorm).as(weight).isCloseTo(144, within(3.0));
        });
    }

    @Test
    void theBoundedReadingStartsWithPreActivationsOfVarianceOne() {
        Normalization bounded =
                new Normalization.CompleteBatchNorm(Variant.PLAIN, 1, 1e-5, 0.1, Optional.of(1.0), Optional.empty());
        double[] gains = Arrays.stream(Activation.values())
                .mapToDouble(activation -> Placement.of(new Design(bounded, activation, Head.OFF))
                        .weights()
                        .gain())
                .toArray();
        assertThat(gains).containsExactly(new double[] {4.80, 1.59, 1.71, 1.00, 1.79}, within(0.005));
    }

    @Test
    void theHeadOfAnArmIsTheOneThatItNames() {
        HeadNormaliser named = new HeadNormaliser(HeadNormaliser.Kind.STANDARDISE, 0.25);
        Map<String, NDArray> inputs =
                weightInputs("plain-8", new Design(BN, Activation.RELU, Head.POST_GAP, Optional.of(named), false), 28);
        assertThat(Objects.requireNonNull(inputs.get("fc.weight"))
                        .square()
                        .mean()
                        .getDouble())
                .isCloseTo(0.0625, within(1e-3));
    }

    private Map<String, NDArray> weightInputs(String name, Design design, int pixels) {
        Network network = new Network(
                manager,
                NetworkBuilder.build(NetworkDefinition.named(name), design, 1, 10),
                new WeightInitializer(1, DataType.FLOAT64),
                Precision.FLOAT32);
        Map<String, NDArray> inputs = new TreeMap<>();
        network.forward(TestNetworks.images(manager, 16, 1, pixels), Mode.TRAINING, new ForwardHook() {
            @Override
            public void weightInput(String weight, NDArray x) {
                inputs.put(weight, x.duplicate());
            }

            @Override
            public void preActivation(String weight, Activation activation, NDArray z) {}

            @Override
            public void normaliserInput(String normaliser, NDArray x, RunningMoments running) {}
        });
        return inputs;
    }

    private Network network(String name, Normalization arm, Activation activation) {
        return TestNetworks.network(manager, name, arm, activation, Head.OFF);
    }

    private static NDArray value(Network network, String name) {
        return network.parameters().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
