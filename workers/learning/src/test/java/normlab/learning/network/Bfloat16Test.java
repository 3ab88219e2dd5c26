package normlab.learning.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import normlab.experiment.Activation;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.Precision;
import org.junit.jupiter.api.Test;

class Bfloat16Test extends WithArrays {
    /** TorchScript writes Python, with PyTorch's numbers for the types. */
    @Test
    void theModuleContainsTheCodeBesideIt() throws IOException {
        assertThat(Files.readString(Path.of("src/build/python/bfloat16.py"))).contains("""
                class Bfloat16(torch.nn.Module):
                    @torch.jit.export
                    def narrow(self, x):
                        return x.to(torch.bfloat16)

                    @torch.jit.export
                    def widen(self, x):
                        return x.to(torch.float32)
                """);
        assertThat(code()).isEqualTo("""
                class Bfloat16(Module):
                  __parameters__ = []
                  __buffers__ = []
                  training : bool
                  _is_full_backward_hook : Optional[bool]
                  def narrow(self: __torch__.Bfloat16,
                    x: Tensor) -> Tensor:
                    return torch.to(x, 15)
                  def widen(self: __torch__.Bfloat16,
                    x: Tensor) -> Tensor:
                    return torch.to(x, 6)
                """);
    }

    private static String code() throws IOException {
        Path module = Path.of("src/main/resources/normlab/learning/network/bfloat16.pt");
        try (ZipFile zip = new ZipFile(module.toFile());
                InputStream code = zip.getInputStream(zip.getEntry("bfloat16/code/__torch__.py"))) {
            return new String(code.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void narrowingRoundsToEightBitsAndPassesGradientsInFloat32() {
        Bfloat16 arithmetic = Bfloat16.on(manager);
        NDArray x = manager.create(new float[] {1, 1 + 0x1p-9f, 1 + 0x1p-7f, -3.14159265f});
        x.setRequiresGradient(true);
        try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            NDArray rounded = arithmetic.widen(arithmetic.narrow(x));
            assertThat(rounded.toFloatArray()).containsExactly(1, 1, 1 + 0x1p-7f, -3.140625f);
            gradients.backward(rounded.square().sum());
        }
        assertThat(x.getGradient().getDataType()).isEqualTo(DataType.FLOAT32);
        assertThat(x.getGradient().toFloatArray()).containsExactly(2, 2, 2 + 0x1p-6f, -6.28125f);
    }

    /** Whichever of both this machine uses, the other must give the same, up to the order of sums. */
    @Test
    void theSubstituteForBfloat16ArithmeticGivesItsNumbersAndGradients() {
        Sequential layers = NetworkBuilder.build(
                NetworkDefinition.named("resnet-20"),
                new Design(new Normalization.BatchNorm(1e-5, 0.1), Activation.TANH, Head.POST_GAP),
                3,
                10);
        NDArray fast = gradientAfterLogits(layers, true);
        NDArray substitute = gradientAfterLogits(layers, false);
        float distance = fast.sub(substitute).norm().getFloat() / fast.norm().getFloat();
        assertThat(distance).isLessThan(0.05f);
    }

    /** The logits and the gradient of the first convolution, in one row. */
    private NDArray gradientAfterLogits(Sequential layers, boolean fast) {
        Bfloat16 arithmetic = new Bfloat16(manager, fast);
        ParameterStore store = new ParameterStore(
                manager, layers.parameters(), new WeightInitializer(1, DataType.FLOAT32), arithmetic);
        NDArray weight = store.get(layers.parameters().getFirst());
        weight.setRequiresGradient(true);
        NDArray images = TestNetworks.images(manager, 8, 3, 8).toType(DataType.FLOAT32, false);
        NDArray logits;
        try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            logits = layers.forward(arithmetic.narrow(images), store, Mode.TRAINING);
            gradients.backward(TorchOps.crossEntropy(logits, TestNetworks.labels(manager, 8)));
        }
        NDArray gradient = weight.getGradient();
        return normed(logits).concat(normed(gradient));
    }

    private static NDArray normed(NDArray array) {
        return array.stopGradient().flatten().div(array.stopGradient().norm());
    }

    /** In each arm and under each activation: other bits, but the same network. */
    @Test
    void everyArmComputesCloseToFloat32AndIsEvaluatedInIt() {
        TestNetworks.arms().forEach(arm -> {
            for (Activation activation : Activation.values()) {
                String what = arm.getName() + " " + activation;
                NDArray images = TestNetworks.images(manager, 16, 1, 12).toType(DataType.FLOAT32, false);
                Sequential layers = NetworkBuilder.build(
                        NetworkDefinition.named("plain-8"), new Design(arm.getPayload(), activation, Head.OFF), 1, 10);
                WeightInitializer initializer = new WeightInitializer(1, DataType.FLOAT32);
                try (Network wide = new Network(manager, layers, initializer, Precision.FLOAT32);
                        Network narrow = new Network(manager, layers, initializer, Precision.BFLOAT16)) {
                    float[] evaluated = narrow.forward(images, Mode.EVALUATION).toFloatArray();
                    assertThat(evaluated)
                            .as(what)
                            .isEqualTo(wide.forward(images, Mode.EVALUATION).toFloatArray());
                    NDArray expected = wide.forward(images, Mode.TRAINING);
                    NDArray found = narrow.forward(images, Mode.TRAINING);
                    float distance = found.sub(expected).norm().getFloat()
                            / expected.norm().getFloat();
                    assertThat(distance).as(what).isBetween(1e-6f, 0.1f);
                }
            }
        });
    }
}
