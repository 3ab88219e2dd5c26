package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.TrialSpec;

/**
 * Places normalization and activation around a network's weight layers. The only place that knows which arm has what
 * where:
 *
 * <ul>
 *   <li>none: conv (bias) → φ
 *   <li>BN: conv → BN (γ, β) → φ
 *   <li>CBN-R, our reconstruction: first conv (bias) → φ; then c·normaliser → conv (bias) → φ
 * </ul>
 */
final class Composition {
    /** Standard deviation of the head's normaliser in arms whose normalization has none of its own: 1/√2. */
    private static final double HEAD_C = Math.sqrt(0.5);

    private static final double HEAD_EPSILON = 1e-5;
    private static final double HEAD_MOMENTUM = 0.1;

    private final NDManager manager;
    private final TrialSpec spec;
    private final InitialWeights weights;
    private final List<Layer> layers = new ArrayList<>();
    private int channels;
    private int convolutions;
    private int normalizations;

    private Composition(NDManager manager, TrialSpec spec, int inputChannels) {
        this.manager = manager;
        this.spec = spec;
        this.weights = new InitialWeights(spec.seed());
        this.channels = inputChannels;
    }

    static List<Layer> compose(NDManager manager, TrialSpec spec, int inputChannels, int classes) {
        Composition composition = new Composition(manager, spec, inputChannels);
        for (Stage stage : NetworkDefinition.named(spec.network()).stages()) {
            switch (stage) {
                case Stage.Convolution convolution -> composition.weightLayer(convolution);
                case Stage.MaxPool pool -> composition.layers.add(new Layer.MaxPool(pool.size()));
            }
        }
        composition.head(classes);
        return List.copyOf(composition.layers);
    }

    private void weightLayer(Stage.Convolution stage) {
        boolean first = convolutions == 0;
        switch (spec.normalization()) {
            case Normalization.None ignored -> layers.add(convolution(stage, true));
            case Normalization.BatchNorm bn -> {
                layers.add(convolution(stage, false));
                layers.add(normalization(1, true, bn.epsilon(), bn.momentum()));
            }
            case Normalization.CompleteBatchNorm cbn -> {
                if (!first) {
                    layers.add(normalization(cbn.c(), false, cbn.epsilon(), cbn.momentum()));
                }
                layers.add(convolution(stage, true));
            }
        }
        layers.add(new Layer.Activate(spec.activation()));
    }

    private void head(int classes) {
        if (spec.head() == Head.PRE_GAP) {
            layers.add(headNormaliser());
        }
        layers.add(new Layer.GlobalAveragePool());
        if (spec.head() == Head.POST_GAP) {
            layers.add(headNormaliser());
        }
        float[] draws = weights.normal(convolutions, classes * channels, 1 / Math.sqrt(channels));
        NDArray weight = manager.create(draws, new Shape(classes, channels));
        NDArray bias = manager.zeros(new Shape(classes));
        layers.add(new Layer.FullyConnected(
                new Parameter("fc.weight", weight, true), new Parameter("fc.bias", bias, false)));
    }

    private Layer headNormaliser() {
        return spec.normalization() instanceof Normalization.CompleteBatchNorm cbn
                ? normalization(cbn.c(), false, cbn.epsilon(), cbn.momentum())
                : normalization(HEAD_C, false, HEAD_EPSILON, HEAD_MOMENTUM);
    }

    private Layer convolution(Stage.Convolution stage, boolean withBias) {
        int fanIn = channels * stage.kernel() * stage.kernel();
        double gain = InitialWeights.gain(spec.normalization(), spec.activation(), convolutions == 0);
        float[] draws = weights.normal(convolutions, stage.channels() * fanIn, gain / Math.sqrt(fanIn));
        String name = "conv" + (convolutions + 1);
        // Stored as O·kh·kw·I and seen as O·I·kh·kw: strides that make PyTorch compute channels-last throughout.
        NDArray weight = manager.create(draws, new Shape(stage.channels(), stage.kernel(), stage.kernel(), channels))
                .transpose(0, 3, 1, 2);
        NDArray zeros = manager.zeros(new Shape(stage.channels()));
        List<Parameter> bias = withBias ? List.of(new Parameter(name + ".bias", zeros, false)) : List.of();
        convolutions++;
        channels = stage.channels();
        return new Layer.Convolution(
                new Parameter(name + ".weight", weight, true), bias, zeros, stage.stride(), stage.kernel() / 2);
    }

    private Layer normalization(double scale, boolean learnt, double epsilon, double momentum) {
        normalizations++;
        String name = "norm" + normalizations;
        Shape shape = new Shape(channels);
        return new Layer.BatchNormalization(
                name,
                new Parameter(name + ".weight", manager.ones(shape).mul((float) scale), false),
                new Parameter(name + ".bias", manager.zeros(shape), false),
                learnt,
                new Parameter(name + ".running_mean", manager.zeros(shape), false),
                new Parameter(name + ".running_var", manager.ones(shape), false),
                momentum,
                epsilon);
    }
}
