package normlab.learning.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import normlab.experiment.Activation;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.Normalization.Variant;
import normlab.experiment.Precision;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One forward and one backward pass of every network in every arm. Activations and precisions rotate over networks and arms. */
class EveryNetworkTest extends WithArrays {
    /** Networks with more parameters are tried in two arms only, which have normalisers in every place between them. */
    private static final long LARGE = 5_000_000;

    private static final Precision[] PRECISIONS = Precision.values();

    static Stream<String> networks() {
        return NetworkDefinition.names().stream();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void computesAndReachesAllOfItsWeightsWithAGradient(String network) {
        List<Normalization> arms = TestNetworks.arms()
                .map(Named::getPayload)
                .filter(a -> !whole(a))
                .toList();
        int place = List.copyOf(NetworkDefinition.names()).indexOf(network);
        for (int i = 0; i < arms.size(); i++) {
            Activation activation = Activation.values()[(place + i) % Activation.values().length];
            Sequential layers = NetworkBuilder.build(
                    NetworkDefinition.named(network), new Design(arms.get(i), activation, Head.PRE_GAP), 3, 10);
            if (ParameterSpec.learnableValues(layers.parameters()) < LARGE || inEveryPlace(arms.get(i))) {
                Precision precision = PRECISIONS[(place + i) % PRECISIONS.length];
                step(
                        layers,
                        precision,
                        network.equals("vgg-16") ? 32 : 8,
                        "%s %s %s %s".formatted(network, arms.get(i), activation, precision));
            }
        }
    }

    /** {@code make networks}: takes ten minutes, and is the only test of every combination. */
    @ParameterizedTest
    @MethodSource("networks")
    @EnabledIfSystemProperty(named = "normlab.networks", matches = "all")
    void computesInEveryArmUnderEveryActivation(String network) {
        TestNetworks.arms().map(Named::getPayload).filter(a -> !whole(a)).forEach(arm -> {
            for (Activation activation : Activation.values()) {
                Sequential layers = NetworkBuilder.build(
                        NetworkDefinition.named(network), new Design(arm, activation, Head.PRE_GAP), 3, 10);
                for (Precision precision : PRECISIONS) {
                    step(
                            layers,
                            precision,
                            network.equals("vgg-16") ? 32 : 8,
                            "%s %s %s %s".formatted(network, arm, activation, precision));
                }
            }
        });
    }

    /** Whitening of thousands of channels at once takes seconds. */
    private static boolean whole(Normalization arm) {
        return arm instanceof Normalization.CompleteWhitening whitening && whitening.groupSize() == 0
                || arm instanceof Normalization.WhitenedBatchNorm bn && bn.groupSize() == 0;
    }

    private static boolean inEveryPlace(Normalization arm) {
        return arm instanceof Normalization.BatchNorm
                || arm instanceof Normalization.CompleteBatchNorm cbn && cbn.variant() == Variant.DUAL;
    }

    private void step(Sequential layers, Precision precision, int size, String arm) {
        try (NDManager scratch = manager.newSubManager();
                Network network = new Network(manager, layers, new QuickWeights(), precision)) {
            NDArray images = TestNetworks.images(scratch, 4, 3, size).toType(DataType.FLOAT32, false);
            network.parameters().forEach(p -> p.value().setRequiresGradient(true));
            NDArray logits;
            try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                logits = network.forward(images, Mode.TRAINING);
                gradients.backward(TorchOps.crossEntropy(logits, TestNetworks.labels(scratch, 4)));
            }
            assertThat(logits.getShape()).as(arm).isEqualTo(new Shape(4, 10));
            for (Network.Parameter parameter : network.parameters()) {
                float largest = parameter.value().getGradient().abs().max().getFloat();
                assertThat(largest).as(arm + " " + parameter.name()).isFinite();
                assertThat(largest > 0 || !parameter.decayed())
                        .as(arm + " " + parameter.name() + " has a gradient")
                        .isTrue();
            }
            assertThat(network.forward(images, Mode.EVALUATION).sum().getFloat())
                    .as(arm)
                    .isFinite();
        }
    }

    /** Repeats a few thousand draws: tens of millions would take seconds. */
    private static final class QuickWeights extends WeightInitializer {
        QuickWeights() {
            super(1, DataType.FLOAT32);
        }

        @Override
        float[] draws(ParameterSpec.Initial.Normal normal, int size) {
            float[] some = super.draws(normal, Math.min(size, 4099));
            float[] values = new float[size];
            IntStream.range(0, size).forEach(i -> values[i] = some[i % some.length]);
            return values;
        }
    }
}
