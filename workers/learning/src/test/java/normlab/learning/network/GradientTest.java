package normlab.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import normlab.experiment.Activation;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.Precision;
import normlab.learning.network.BlockSpec.Convolution;
import normlab.learning.network.BlockSpec.Order;
import normlab.learning.network.BlockSpec.Residual;
import normlab.learning.network.BlockSpec.Shortcut;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In double precision: (L(w + εd) − L(w − εd))/2ε against g·d, along a random direction of all parameters. */
class GradientTest extends WithArrays {
    private static final double EPSILON = 1e-6;

    static Stream<Named<Normalization>> arms() {
        return TestNetworks.arms();
    }

    @ParameterizedTest
    @MethodSource("arms")
    void gradientsAgreeForEveryActivationAndHead(Normalization arm) {
        for (Activation activation : Activation.values()) {
            Head head = Head.values()[activation.ordinal() % Head.values().length];
            Network network = TestNetworks.network(manager, "plain-8", arm, activation, head);
            agree(network, 12, "%s %s %s".formatted(arm, activation, head));
        }
    }

    /** With a network that has every kind of stage. */
    @ParameterizedTest
    @MethodSource("arms")
    void gradientsAgreeThroughShortcutsConcatenationsAndDepthwiseConvolutions(Normalization arm) {
        Sequential layers = NetworkBuilder.build(everyStage(), new Design(arm, Activation.SWISH, Head.PRE_GAP), 1, 10);
        agree(
                new Network(manager, layers, new WeightInitializer(1, DataType.FLOAT64), Precision.FLOAT32),
                8,
                arm.toString());
    }

    private static NetworkDefinition everyStage() {
        List<Convolution> wider = List.of(new Convolution(12, 3, 2), new Convolution(12, 3, 1));
        List<Convolution> bottleneck =
                List.of(new Convolution(4, 1, 1), new Convolution(4, 3, 1), new Convolution(16, 1, 1));
        List<Convolution> inverted =
                List.of(new Convolution(20, 1, 1), Convolution.depthwise(20, 3, 1), new Convolution(10, 1, 1));
        return new NetworkDefinition(
                "every-stage",
                List.of(
                        new Convolution(8, 3, 1),
                        new BlockSpec.MaxPool(3, 1, 1),
                        new Residual("post", Order.POST_ACTIVATION, wider, Shortcut.PROJECTION),
                        new Residual("padded", Order.POST_ACTIVATION, bottleneck, Shortcut.ZERO_PADDED),
                        new Residual("pre", Order.PRE_ACTIVATION, wider, Shortcut.PROJECTION),
                        new BlockSpec.Dense("dense", List.of(new Convolution(8, 1, 1), new Convolution(4, 3, 1))),
                        new Convolution(10, 1, 1),
                        new BlockSpec.AveragePool(2),
                        new Residual("narrow", Order.LINEAR, inverted, Shortcut.NONE),
                        new Residual("linear", Order.LINEAR, inverted, Shortcut.IDENTITY)));
    }

    private void agree(Network network, int size, String arm) {
        try (NDManager scratch = manager.newSubManager();
                network) {
            NDArray images = TestNetworks.images(scratch, 8, 1, size);
            NDArray labels = TestNetworks.labels(scratch, 8);
            List<Network.Parameter> parameters = network.parameters();
            parameters.forEach(p -> p.value().setRequiresGradient(true));
            try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                gradients.backward(TorchOps.crossEntropy(network.forward(images, Mode.TRAINING), labels));
            }
            List<NDArray> directions = IntStream.range(0, parameters.size())
                    .mapToObj(i -> direction(parameters.get(i).value(), i))
                    .toList();
            double slope = 0;
            for (int i = 0; i < directions.size(); i++) {
                slope += parameters
                        .get(i)
                        .value()
                        .getGradient()
                        .mul(directions.get(i))
                        .sum()
                        .getDouble();
            }
            double up = lossMoved(network, directions, EPSILON, images, labels);
            double down = lossMoved(network, directions, -EPSILON, images, labels);
            assertThat((up - down) / (2 * EPSILON)).as(arm).isCloseTo(slope, within(1e-4 * Math.abs(slope) + 1e-6));
        }
    }

    /** Of about unit length, so that few kinks of φ and of the pool lie within ε. */
    private static NDArray direction(NDArray like, int index) {
        return TestNetworks.normal(like.getManager(), index, like.getShape()).div(Math.sqrt(like.size()));
    }

    private static double lossMoved(
            Network network, List<NDArray> directions, double by, NDArray images, NDArray labels) {
        move(network, directions, by);
        double loss = TorchOps.crossEntropy(network.forward(images, Mode.TRAINING), labels)
                .getDouble();
        move(network, directions, -by);
        return loss;
    }

    private static void move(Network network, List<NDArray> directions, double by) {
        for (int i = 0; i < directions.size(); i++) {
            network.parameters().get(i).value().addi(directions.get(i).mul(by));
        }
    }
}
