package normlab.learning.network;

import static normlab.learning.network.TestNetworks.BN;
import static normlab.learning.network.TestNetworks.C;
import static normlab.learning.network.TestNetworks.CBN;
import static normlab.learning.network.TestNetworks.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import normlab.experiment.Activation;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.Normalization.Variant;
import normlab.experiment.Recipe;
import normlab.experiment.TrialSpec;
import normlab.learning.random.RandomStream;
import normlab.provenance.Sha256;
import normlab.testkit.TinyDataset;
import org.junit.jupiter.api.Test;

class NetworkTest extends WithArrays {
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

    /** What trials of the past started from; the draws come from StrictMath, so the bytes are the same everywhere. */
    @Test
    void theInitialBytesOfTheQuickNetworkStayAsTheyAre() {
        assertThat(initialSha256(NONE, Head.OFF))
                .isEqualTo("39fbc1c4ad1125f053ed4b1f24665028f8ee352829350d31102be2c835fb5340");
        assertThat(initialSha256(BN, Head.OFF))
                .isEqualTo("6e603560ee504817268069c3e64c019e8f4213d9c0364889e936ad3ca1d49de5");
        assertThat(initialSha256(CBN, Head.PRE_GAP))
                .isEqualTo("ee338f44cc4c30278f2a38e7b9d4f1b98d7af74a9eb587e9a32ffe52d2207b1c");
    }

    private String initialSha256(Normalization normalization, Head head) {
        return Sha256.of(new Network(manager, spec(normalization, head, Activation.SWISH, 7), 1, 10).toSafetensors());
    }

    @Test
    void weightDecayTouchesWeightsAndNothingElse() {
        assertThat(network(BN, Head.OFF, Activation.RELU).parameters())
                .allSatisfy(p -> assertThat(p.decayed())
                        .isEqualTo(p.name().endsWith(".weight") && !p.name().startsWith("norm")));
    }

    /**
     * (c, W/c, η, λ) and (1, W, c²·η, λ/c²) are one trajectory: c is a learning rate of the weights after the normaliser,
     * in three steps of gradient descent with decay and with ε small against the variance.
     */
    @Test
    void theConstantOfTheNormaliserIsALearningRate() {
        for (Variant variant : List.of(Variant.PLAIN, Variant.OUT_GAIN, Variant.DUAL, Variant.RMS)) {
            double c = 0.25;
            Network small = complete(variant, c);
            Network one = complete(variant, 1);
            double decay = 0.05;
            descend(small, weight -> 0.1, afterNormaliser -> decay);
            descend(
                    one,
                    afterNormaliser -> afterNormaliser ? 0.1 * c * c : 0.1,
                    afterNormaliser -> afterNormaliser ? decay / (c * c) : decay);
            try (NDManager scratch = manager.newSubManager()) {
                NDArray images = TestNetworks.images(scratch, 16, 1, 12);
                NDArray difference = small.forward(images, Mode.TRAINING).sub(one.forward(images, Mode.TRAINING));
                assertThat(difference.abs().max().getDouble())
                        .as(variant.name())
                        .isLessThan(1e-6);
            }
        }
    }

    private Network complete(Variant variant, double c) {
        Normalization arm = new Normalization.CompleteBatchNorm(variant, c, 1e-12, 0.1);
        return TestNetworks.network(manager, "plain-8", arm, Activation.TANH, Head.OFF);
    }

    private void descend(Network network, Function<Boolean, Double> rate) {
        descend(network, rate, weight -> 0.0);
    }

    private void descend(Network network, Function<Boolean, Double> rate, Function<Boolean, Double> decay) {
        network.parameters().forEach(p -> p.value().setRequiresGradient(true));
        for (int step = 0; step < 3; step++) {
            try (NDManager scratch = manager.newSubManager()) {
                NDArray images = TestNetworks.images(scratch, 16, 1, 12);
                try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                    gradients.backward(TorchOps.crossEntropy(
                            network.forward(images, Mode.TRAINING), TestNetworks.labels(scratch, 16)));
                }
                for (Network.Parameter p : network.parameters()) {
                    boolean behindNormaliser = p.name().matches("conv[2-8][.]weight");
                    NDArray decayed = p.value().mul(p.decayed() ? decay.apply(behindNormaliser) : 0);
                    p.value().subi(p.value().getGradient().add(decayed).mul(rate.apply(behindNormaliser)));
                    TorchOps.clearGradient(p.value());
                }
            }
        }
    }

    /** The function does not change with the scale of a weight that a normaliser follows, nor its gradient along it. */
    @Test
    void theScaleOfWeightsBehindWhichPreActivationsAreNormalisedChangesNothing() {
        for (Normalization arm : List.of(
                new Normalization.BatchNorm(1e-12, 0.1),
                new Normalization.WhitenedBatchNorm(0, 1e-3, 0.1),
                new Normalization.CompleteBatchNorm(Variant.DUAL, C, 1e-12, 0.1))) {
            Network network = TestNetworks.network(manager, "plain-8", arm, Activation.SWISH, Head.OFF);
            NDArray images = TestNetworks.images(manager, 16, 1, 12);
            NDArray before = network.forward(images, Mode.TRAINING);
            network.parameters().stream()
                    .filter(p -> p.name().matches("conv[1-8][.]weight"))
                    .forEach(p -> p.value().muli(3));
            NDArray difference = network.forward(images, Mode.TRAINING).sub(before);
            assertThat(difference.abs().max().getDouble()).as(arm.toString()).isLessThan(1e-3);
        }
    }

    @Test
    void swapStartsAsCbnAndLearnsItsScaleAndShift() {
        Network swap = complete(Variant.SWAP, C);
        Network plain = complete(Variant.PLAIN, C);
        NDArray images = TestNetworks.images(manager, 16, 1, 12);
        assertThat(swap.forward(images, Mode.TRAINING).toDoubleArray())
                .isEqualTo(plain.forward(images, Mode.TRAINING).toDoubleArray());
        assertThat(swap.parameterCount()).isEqualTo(plain.parameterCount() + 2 * (4 * 16 + 3 * 32));
    }

    @Test
    void underCbnThePostActivationOrderGivesWayToThePreActivationOrder() {
        Network post = TestNetworks.network(manager, "resnet-20", CBN, Activation.TANH, Head.PRE_GAP);
        Network pre = TestNetworks.network(manager, "preact-resnet-20", CBN, Activation.TANH, Head.PRE_GAP);
        NDArray images = TestNetworks.images(manager, 4, 1, 8);
        assertThat(post.forward(images, Mode.TRAINING).toDoubleArray())
                .isEqualTo(pre.forward(images, Mode.TRAINING).toDoubleArray());
    }

    @Test
    void withoutANormaliserBehindThemTheBranchesOfManyBlocksKeepTheStreamInBounds() {
        for (Normalization arm : List.of(NONE, CBN)) {
            Network network = TestNetworks.network(manager, "resnet-56", arm, Activation.RELU, Head.OFF);
            NDArray logits = network.forward(TestNetworks.images(manager, 4, 1, 8), Mode.TRAINING);
            assertThat(logits.abs().max().getDouble()).as(arm.toString()).isBetween(0.01, 20.0);
        }
    }

    /** Whatever has running statistics is compared with its batches, in every arm and of every kind. */
    @Test
    void probesSeeEveryNormaliser() {
        TestNetworks.arms().forEach(arm -> {
            Network network = TestNetworks.network(manager, "plain-8", arm.getPayload(), Activation.RELU, Head.PRE_GAP);
            Set<String> seen = new TreeSet<>();
            network.forward(TestNetworks.images(manager, 8, 1, 12), Mode.TRAINING, new ForwardHook() {
                @Override
                public void weightInput(String weight, NDArray x) {}

                @Override
                public void preActivation(String weight, Activation activation, NDArray z) {}

                @Override
                public void normaliserInput(String normaliser, NDArray x, RunningMoments running) {
                    assertThat(running.spread().size()).isEqualTo(x.getShape().get(1));
                    seen.add(normaliser);
                }
            });
            assertThat(seen)
                    .as(arm.getName())
                    .containsExactlyInAnyOrderElementsOf(network.buffers().stream()
                            .map(b -> b.name().substring(0, b.name().indexOf('.')))
                            .collect(Collectors.toSet()));
        });
    }

    /** Arrays that an operation leaves with the network and not with the batch would pile up, step by step. */
    @Test
    void aStepLeavesNoArrayBehind() {
        TestNetworks.arms().forEach(arm -> {
            Network network = TestNetworks.network(manager, "plain-8", arm.getPayload(), Activation.RELU, Head.PRE_GAP);
            descend(network, weight -> 0.1);
            for (Mode mode : Mode.values()) {
                try (NDManager scratch = manager.newSubManager()) {
                    network.forward(TestNetworks.images(scratch, 16, 1, 12), mode);
                }
                int before = network.managedArrays();
                try (NDManager scratch = manager.newSubManager()) {
                    network.forward(TestNetworks.images(scratch, 16, 1, 12), mode);
                }
                assertThat(network.managedArrays())
                        .as(arm.getName() + " " + mode)
                        .isEqualTo(before);
            }
        });
    }

    @Test
    void aSavedNetworkIsReadBackWithTheSameBytesAndTheSameOutput() {
        Network saved = network(BN, Head.POST_GAP, Activation.SWISH);
        NDArray images = images(8, 1);
        saved.forward(images, Mode.TRAINING);
        byte[] bytes = saved.toSafetensors();
        Network loaded = new Network(manager, spec(BN, Head.POST_GAP, Activation.SWISH, 99), 1, 10);
        loaded.load(ByteBuffer.wrap(bytes));
        assertThat(loaded.toSafetensors()).isEqualTo(bytes);
        assertThat(loaded.forward(images, Mode.EVALUATION).toFloatArray())
                .isEqualTo(saved.forward(images, Mode.EVALUATION).toFloatArray());
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
