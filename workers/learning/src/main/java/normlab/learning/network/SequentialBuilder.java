package normlab.learning.network;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.learning.network.ParameterSpec.Role;

/**
 * Builds a chain of layers: the layers so far, and what is pending before the next weights or pool. Deferring
 * normalization and activation until something reads the chain is what lets one definition serve every order of blocks.
 */
final class SequentialBuilder {
    /** What stands between the last layer and the next weights or pool. */
    enum Pending {
        NOTHING,
        ACTIVATION,
        NORMALIZATION_AND_ACTIVATION
    }

    /** Shared by all chains of a network. */
    static final class Context {
        private final Placement placement;
        private final ActivationLayer activation;
        private int weightLayers;

        Context(Design design) {
            this.placement = Placement.of(design);
            this.activation = design.activationLayer();
        }
    }

    /** Numbers the layers under one prefix. */
    private static final class Names {
        private final String prefix;
        private int convolutions;
        private int normalisers;

        Names(String prefix) {
            this.prefix = prefix;
        }
    }

    private final Context context;
    private final Names names;
    private final List<Layer> layers = new ArrayList<>();
    private int channels;
    private Pending pending;

    /** Whether the chain so far ends with φ, pools aside. */
    private boolean activated;

    private SequentialBuilder(Context context, Names names, int channels, Pending pending, boolean activated) {
        this.context = context;
        this.names = names;
        this.channels = channels;
        this.pending = pending;
        this.activated = activated;
    }

    static SequentialBuilder forImages(Design design, int channels) {
        return new SequentialBuilder(new Context(design), new Names(""), channels, Pending.NOTHING, false);
    }

    /** A branch of this chain: it starts with what is pending here, and its layers are numbered under {@code name}. */
    SequentialBuilder branch(String name) {
        return new SequentialBuilder(context, new Names(name + "."), channels, pending, activated);
    }

    /** A chain of its own that continues this one and its numbering. */
    SequentialBuilder continuation() {
        return new SequentialBuilder(context, names, channels, pending, activated);
    }

    Sequential build() {
        return new Sequential(layers);
    }

    int channels() {
        return channels;
    }

    Placement placement() {
        return context.placement;
    }

    /** Appends a composite layer with so many output channels. */
    void add(Layer layer, int outputChannels, Pending afterwards) {
        layers.add(layer);
        channels = outputChannels;
        pending = afterwards;
        activated = false;
    }

    void add(Layer layer) {
        layers.add(layer);
    }

    void applyPending() {
        switch (pending) {
            case NOTHING -> {}
            case ACTIVATION -> activate();
            case NORMALIZATION_AND_ACTIVATION -> {
                normalise(context.placement.beforeActivation());
                activate();
            }
        }
        pending = Pending.NOTHING;
    }

    private void activate() {
        layers.add(context.activation);
        activated = true;
    }

    /** A convolution, after which normalization and activation are pending. */
    void convolution(BlockSpec.Convolution convolution) {
        prepareWeightInput();
        weights(convolution, 1);
    }

    /** A convolution whose output is normalised but not activated. */
    void linearConvolution(BlockSpec.Convolution convolution, double scale) {
        prepareWeightInput();
        weights(convolution, scale);
        normalise(context.placement.beforeActivation());
        pending = Pending.NOTHING;
    }

    /** Everything that stands before a weight layer. The first one reads images, which are standardised already. */
    void prepareWeightInput() {
        applyPending();
        if (context.weightLayers > 0) {
            normalise(context.placement.beforeWeights());
        }
    }

    void normalise(Optional<Placement.NormaliserFactory> factory) {
        factory.ifPresent(f -> {
            names.normalisers++;
            layers.add(f.create(names.prefix + "norm" + names.normalisers, channels));
            activated = false;
        });
    }

    /** @param scale of the initial weights, on top of the arm's gain */
    void weights(BlockSpec.Convolution convolution, double scale) {
        boolean first = context.weightLayers == 0;
        Placement.Weights arm = context.placement.weights();
        int inputs = convolution.depthwise() ? 1 : channels;
        int fanIn = inputs * convolution.kernel() * convolution.kernel();
        if (!first && arm.inputScale().isPresent()) {
            layers.add(new InputScale(arm.scaleOfInput(fanIn)));
        }
        names.convolutions++;
        String name = names.prefix + "conv" + names.convolutions;
        Shape outputs = new Shape(convolution.channels());
        ParameterSpec.Initial.Normal drawn = new ParameterSpec.Initial.Normal(
                context.weightLayers, scale * (first ? 1 / Math.sqrt(fanIn) : arm.deviation(fanIn)));
        Shape shape = new Shape(convolution.channels(), inputs, convolution.kernel(), convolution.kernel());
        Optional<ParameterSpec> gain = arm.outputGain() && !first
                ? Optional.of(ParameterSpec.filled(name + ".gain", outputs, Role.NORM_OR_BIAS, 1))
                : Optional.empty();
        layers.add(new Convolution(
                name,
                new ParameterSpec(name + ".weight", shape, Role.WEIGHT, drawn),
                gain,
                bias(name, outputs, context.placement.bias() ? Role.NORM_OR_BIAS : Role.CONSTANT, drawn, fanIn),
                convolution.stride(),
                convolution.kernel() / 2,
                convolution.depthwise() ? channels : 1,
                arm.standardised()));
        context.weightLayers++;
        channels = convolution.channels();
        pending = Pending.NORMALIZATION_AND_ACTIVATION;
        activated = false;
    }

    private ParameterSpec bias(
            String layer, Shape outputs, Role role, ParameterSpec.Initial.Normal weights, int fanIn) {
        double mean = activated ? context.placement.weights().cancelledMean() : 0;
        ParameterSpec.Initial initial = mean == 0
                ? new ParameterSpec.Initial.Filled(0)
                : new ParameterSpec.Initial.Cancelling(weights, fanIn, mean);
        return new ParameterSpec(layer + ".bias", outputs, role, initial);
    }

    void classifier(int classes) {
        ParameterSpec.Initial.Normal drawn =
                new ParameterSpec.Initial.Normal(context.weightLayers, 1 / Math.sqrt(channels));
        ParameterSpec weight = new ParameterSpec("fc.weight", new Shape(classes, channels), Role.WEIGHT, drawn);
        layers.add(new FullyConnected(weight, bias("fc", new Shape(classes), Role.NORM_OR_BIAS, drawn, channels)));
    }
}
