package normlab.learning.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.Map;
import java.util.stream.Collectors;
import normlab.experiment.Activation;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.Recipe;
import normlab.experiment.TrialSpec;
import normlab.learning.data.DeviceDatasets;
import normlab.learning.data.Images;
import normlab.learning.network.Loss;
import normlab.learning.network.Network;
import normlab.learning.network.TorchOps;
import normlab.learning.probe.LossSurface.Block;
import normlab.learning.random.RandomStream;
import normlab.testkit.InMemoryArtifactStore;
import normlab.testkit.TinyDataset;
import normlab.trial.ProbeRow.GradientMoments;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetworkSurfaceTest {
    private static final Normalization BN = new Normalization.BatchNorm(1e-5, 0.1);

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final DeviceDatasets datasets = new DeviceDatasets(store);

    @BeforeEach
    void prepare() {
        TinyDataset.prepareIn(store);
        datasets.device();
        TorchOps.recordGradients(false);
    }

    @AfterEach
    void close() {
        datasets.close();
    }

    /** The loss does not change when a weight array in front of BN is scaled, so its slope along the array is 0. */
    @Test
    void gradientsAreOrthogonalToTheWeightsInFrontOfBatchNormalization() {
        Network network = network(BN, Head.OFF);
        NetworkSurface surface = surface(network, BN, Head.OFF);
        double[] origin = new double[surface.dimension()];
        double[] gradient = surface.evaluate(origin, 0).gradient();
        for (Block block : surface.blocks()) {
            if (block.name().startsWith("conv")) {
                double[] along = new double[origin.length];
                double[] weights = weights(network, block);
                System.arraycopy(weights, 0, along, block.from(), weights.length);
                double cosine = Vectors.dot(gradient, along)
                        / (block.norm() * Math.sqrt(Vectors.dot(gradient, gradient, block.from(), block.to())));
                assertThat(cosine).as(block.name()).isCloseTo(0, within(2e-3));
            }
        }
    }

    /** (c, W/c) is the same function as (1, W): the raw moments differ by about c², those that are scale-free do not. */
    @Test
    void theConstantOfTheNormaliserMovesTheRawMomentsAndNotTheScaleFreeOnes() {
        GradientMoments small = moments(new Normalization.CompleteBatchNorm(0.25, 1e-5, 0.1));
        GradientMoments large = moments(new Normalization.CompleteBatchNorm(1, 1e-5, 0.1));
        assertThat(small.total().variance().value())
                .isLessThan(0.5 * large.total().variance().value());
        assertThat(small.scaleFree().variance().value())
                .isCloseTo(
                        large.scaleFree().variance().value(),
                        within(1e-3 * large.scaleFree().variance().value()));
        assertThat(small.scaleFree().secondMoment().value())
                .isCloseTo(
                        large.scaleFree().secondMoment().value(),
                        within(1e-3 * large.scaleFree().secondMoment().value()));
    }

    /** γ and the filter that it scales are one gain: an arm has it in the one, another in the other. */
    @Test
    void theScaleOfAFilterOrOfAGammaDoesNotMoveTheScaleFreeMoments() {
        Network network = network(BN, Head.OFF);
        GradientMoments before = GradientProbe.measure(surface(network, BN, Head.OFF), 6);
        // BN cancels the scale of a filter before it.
        network.parameters().stream()
                .filter(p -> p.name().equals("conv3.weight"))
                .forEach(p -> p.value().set(new NDIndex("0"), p.value().get(0).mul(7)));
        GradientMoments after = GradientProbe.measure(surface(network, BN, Head.OFF), 6);
        double expected = before.scaleFree().variance().value();
        assertThat(after.scaleFree().variance().value()).isCloseTo(expected, within(1e-2 * expected));
        assertThat(after.total().variance().value())
                .isNotCloseTo(before.total().variance().value(), within(1e-3 * expected));
    }

    @Test
    void theFiltersOfANetworkAreItsOutputChannelsAndGammas() {
        NetworkSurface surface = surface(network(BN, Head.OFF), BN, Head.OFF);
        Map<String, Long> parts =
                surface.filters().stream().collect(Collectors.groupingBy(Block::name, Collectors.counting()));
        assertThat(parts)
                .containsEntry("conv1.weight", 16L)
                .containsEntry("norm8.weight", 32L)
                .containsEntry("fc.weight", 4L)
                .doesNotContainKeys("norm1.bias", "fc.bias");
        assertThat(surface.filters()).allSatisfy(part -> assertThat(part.norm()).isPositive());
    }

    @Test
    void theGradientIsThatOfTheLossAtTheDisplacedParameters() {
        Network network = network(BN, Head.PRE_GAP);
        NetworkSurface surface = surface(network, BN, Head.PRE_GAP);
        double[] gradient = surface.evaluate(new double[surface.dimension()], 1).gradient();
        double epsilon = 2e-3 / Vectors.norm(gradient);
        double up = surface.evaluate(Vectors.times(epsilon, gradient), 1).loss();
        double down = surface.evaluate(Vectors.times(-epsilon, gradient), 1).loss();
        double slope = Vectors.dot(gradient, gradient);
        assertThat((up - down) / (2 * epsilon)).isCloseTo(slope, within(0.05 * slope));
    }

    @Test
    void theNetworkItselfIsOnlyRead() {
        Network network = network(BN, Head.PRE_GAP);
        byte[] before = network.toSafetensors();
        NetworkSurface surface = surface(network, BN, Head.PRE_GAP);
        surface.evaluate(new double[surface.dimension()], 0);
        assertThat(network.toSafetensors()).isEqualTo(before);
    }

    private GradientMoments moments(Normalization normalization) {
        return GradientProbe.measure(surface(network(normalization, Head.OFF), normalization, Head.OFF), 6);
    }

    private NetworkSurface surface(Network network, Normalization normalization, Head head) {
        NDManager manager = datasets.device();
        Images train = datasets.get(TinyDataset.SPEC.name(), TinyDataset.FINGERPRINT)
                .train()
                .drawn(manager, RandomStream.of(1, "images", 0), 192);
        Loss criterion = new Loss(manager, 0);
        NetworkSurface surface = new NetworkSurface(manager, network(normalization, head), train, criterion, 32);
        surface.moveOriginTo(network);
        return surface;
    }

    private Network network(Normalization normalization, Head head) {
        Recipe recipe = new Recipe(0.1, 0.9, 5e-4, 32, 1, 0);
        TrialSpec spec = new TrialSpec(TinyDataset.SPEC, "plain-8", Activation.TANH, normalization, head, recipe, 1);
        return new Network(datasets.device(), spec, 1, 4);
    }

    private static double[] weights(Network network, Block block) {
        float[] values = network.parameters().stream()
                .filter(p -> p.name().equals(block.name()))
                .findFirst()
                .orElseThrow()
                .value()
                .toFloatArray();
        double[] weights = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            weights[i] = values[i];
        }
        return weights;
    }
}
