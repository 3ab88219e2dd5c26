package normlab.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import normlab.experiment.Activation;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.Recipe;
import normlab.experiment.TrialSpec;
import normlab.learning.random.RandomStream;
import normlab.provenance.Sha256;
import normlab.testkit.TinyDataset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
