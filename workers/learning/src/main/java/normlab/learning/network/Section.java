package normlab.learning.network;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.experiment.Activation;
import normlab.learning.network.Variable.Role;

/**
 * A stretch of a network under composition: the layers so far, and what is due on its stream before something reads it.
 * That normalization and activation are put off until then is what lets one definition serve all orders.
 */
final class Section {
    /** What the stream needs before the next weights or the next pool. */
    enum Due {
        NOTHING,
        ACTIVATION,
        NORMALIZATION_AND_ACTIVATION
    }

    /** What the sections of a network share. */
    static final class Context {
        private final Placement placement;
        private final Activation activation;
        private int weightLayers;

        Context(Placement placement, Activation activation) {
            this.placement = placement;
            this.activation = activation;
        }
    }

    /** Numbers the layers of one name space. */
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
    private Due due;

    private Section(Context context, Names names, int channels, Due due) {
        this.context = context;
        this.names = names;
        this.channels = channels;
        this.due = due;
    }

    static Section ofImages(Placement placement, Activation activation, int channels) {
        return new Section(new Context(placement, activation), new Names(""), channels, Due.NOTHING);
    }

    /** A branch off this stream, which starts with what is due on it, under a name space of its own. */
    Section branch(String name) {
        return new Section(context, new Names(name + "."), channels, due);
    }

    /** Goes on from here in the same name space, as layers of their own. */
    Section continued() {
        return new Section(context, names, channels, due);
    }

    Sequence sequence() {
        return new Sequence(layers);
    }

    int channels() {
        return channels;
    }

    Placement placement() {
        return context.placement;
    }

    /** Puts a composite layer on the stream. */
    void add(Layer layer, int channelsBehind, Due dueBehind) {
        layers.add(layer);
        channels = channelsBehind;
        due = dueBehind;
    }

    void add(Layer layer) {
        layers.add(layer);
    }

    /** Normalization and activation, as far as they are due. */
    void settle() {
        switch (due) {
            case NOTHING -> {}
            case ACTIVATION -> activate();
            case NORMALIZATION_AND_ACTIVATION -> {
                normalise(context.placement.beforeActivation());
                activate();
            }
        }
        due = Due.NOTHING;
    }

    private void activate() {
        layers.add(new Activate(context.activation));
    }

    /** A weight layer behind whose result normalization and activation are due. */
    void unit(Stage.Convolution stage) {
        ready();
        weights(stage, 1);
    }

    /** A weight layer whose result is normalised and not activated. */
    void linear(Stage.Convolution stage, double scale) {
        ready();
        weights(stage, scale);
        normalise(context.placement.beforeActivation());
        due = Due.NOTHING;
    }

    /** All that stands in front of a weight layer; images are standardised already. */
    void ready() {
        settle();
        if (context.weightLayers > 0) {
            normalise(context.placement.beforeWeights());
        }
    }

    void normalise(Optional<Placement.Normaliser> normaliser) {
        normaliser.ifPresent(n -> {
            names.normalisers++;
            layers.add(n.layer(names.prefix + "norm" + names.normalisers, channels));
        });
    }

    /** @param scale of the initial weights, beyond the arm's gain */
    void weights(Stage.Convolution stage, double scale) {
        boolean first = context.weightLayers == 0;
        int inputs = stage.depthwise() ? 1 : channels;
        int fanIn = inputs * stage.kernel() * stage.kernel();
        double deviation = scale * (first ? 1 : context.placement.gain()) / Math.sqrt(fanIn);
        names.convolutions++;
        String name = names.prefix + "conv" + names.convolutions;
        Shape outputs = new Shape(stage.channels());
        Variable weight = Variable.weight(
                name + ".weight",
                new Shape(stage.channels(), inputs, stage.kernel(), stage.kernel()),
                context.weightLayers,
                deviation);
        Optional<Variable> gain = context.placement.outputGain() && !first
                ? Optional.of(Variable.filled(name + ".gain", outputs, Role.OFFSET, 1))
                : Optional.empty();
        Role biasRole = context.placement.bias() ? Role.OFFSET : Role.CONSTANT;
        Variable bias = Variable.filled(name + ".bias", outputs, biasRole, 0);
        layers.add(new Convolution(
                name, weight, gain, bias, stage.stride(), stage.kernel() / 2, stage.depthwise() ? channels : 1));
        context.weightLayers++;
        channels = stage.channels();
        due = Due.NORMALIZATION_AND_ACTIVATION;
    }

    void classifier(int classes) {
        Variable weight = Variable.weight(
                "fc.weight", new Shape(classes, channels), context.weightLayers, 1 / Math.sqrt(channels));
        layers.add(new FullyConnected(weight, Variable.filled("fc.bias", new Shape(classes), Role.OFFSET, 0)));
    }
}
