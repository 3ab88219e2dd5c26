package normlab.learning.network;

import java.util.Optional;
import normlab.experiment.Activation;
import normlab.experiment.Head;
import normlab.experiment.HeadNormaliser;
import normlab.experiment.Normalization;

/**
 * What an arm has before activations, before weights and at the head. This is the only place that tells one arm from
 * another; what a network looks like follows from it.
 *
 * @param beforeActivation where batch normalization stands
 * @param beforeWeights where CBN, our reconstruction, stands
 * @param preGap between the last activation and the global average pool
 * @param postGap between the pool and the classifier
 * @param constants of the head's normaliser
 */
record Placement(
        Optional<NormaliserFactory> beforeActivation,
        Optional<NormaliserFactory> beforeWeights,
        Optional<NormaliserFactory> preGap,
        Optional<NormaliserFactory> postGap,
        Weights weights,
        Constants constants) {

    /** Makes the layer that normalises so many channels. */
    interface NormaliserFactory {
        Normaliser create(String name, int channels);
    }

    /**
     * Weight layers but the first.
     *
     * @param gain of the initial weights, whose standard deviation is gain/√fan-in
     * @param cancelledMean of inputs that come from φ, which the initial biases cancel
     * @param outputGain whether they have a learned gain for each output channel
     * @param standardised whether they standardise their weights, filter by filter
     * @param inputScale κ, if each multiplies its input by κ/√fan-in; the gain then makes up for it
     */
    record Weights(
            double gain, double cancelledMean, boolean outputGain, boolean standardised, Optional<Double> inputScale) {
        /** What a layer multiplies its input by. */
        double scaleOfInput(int fanIn) {
            return inputScale.map(kappa -> kappa / Math.sqrt(fanIn)).orElse(1.0);
        }

        double deviation(int fanIn) {
            return gain / scaleOfInput(fanIn) / Math.sqrt(fanIn);
        }
    }

    /** What an arm says of its normalisers beyond c. */
    private record Constants(double epsilon, double momentum, double floor, int groupSize, double whiteningEpsilon) {
        private static final Constants USUAL = new Constants(1e-5, 0.1, 1, 0, 1e-3);

        NormaliserFactory factory(HeadNormaliser head) {
            return (name, channels) -> {
                double c = head.perFanIn().isPresent() ? head.c() / Math.sqrt(channels) : head.c();
                return switch (head.kind()) {
                    case STANDARDISE -> BatchNormalization.of(name, channels, c, false, epsilon, momentum);
                    case BOUNDED -> BoundedNormalization.of(name, channels, c, floor, epsilon, momentum);
                    case ROOT_MEAN_SQUARE -> RmsNormalization.of(name, channels, c, epsilon, momentum);
                    case WHITEN -> Whitening.of(name, channels, groupSize, c, false, whiteningEpsilon, momentum);
                };
            };
        }
    }

    static Placement of(Design design) {
        Activation activation = design.activation();
        Placement arm = switch (design.normalization()) {
            case Normalization.None ignored ->
                arm(ActivationFunctions.gain(activation))
                        .cancelling(design.centredActivation() ? 0 : ActivationFunctions.cancelledMean(activation));
            case Normalization.BatchNorm bn ->
                arm(1).normalisingPreActivations(standardiser(1, true, bn.epsilon(), bn.momentum()));
            case Normalization.WhitenedBatchNorm bn ->
                arm(1).normalisingPreActivations((name, channels) ->
                        Whitening.of(name, channels, bn.groupSize(), 1, true, bn.epsilon(), bn.momentum()));
            case Normalization.CompleteBatchNorm cbn -> complete(cbn, activation);
            case Normalization.CompleteWhitening white ->
                arm(1 / white.c())
                        .normalisingInputs((name, channels) -> Whitening.of(
                                name, channels, white.groupSize(), white.c(), false, white.epsilon(), white.momentum()))
                        .with(new Constants(
                                Constants.USUAL.epsilon(),
                                white.momentum(),
                                Constants.USUAL.floor(),
                                white.groupSize(),
                                white.epsilon()));
        };
        return arm.withHead(design);
    }

    private static Placement complete(Normalization.CompleteBatchNorm cbn, Activation activation) {
        double kept = cbn.floor()
                .map(s -> Math.min(1, ActivationFunctions.normalDeviation(activation) / s))
                .orElse(1.0);
        boolean perFanIn = cbn.perFanIn().isPresent();
        double c = perFanIn ? 1 : cbn.c();
        NormaliserFactory plain = (name, channels) -> cbn.floor().isPresent()
                ? BoundedNormalization.of(name, channels, c, cbn.floor().get(), cbn.epsilon(), cbn.momentum())
                : BatchNormalization.of(name, channels, c, false, cbn.epsilon(), cbn.momentum());
        Placement arm = arm(1 / (c * kept))
                .normalisingInputs(plain)
                .with(new Constants(
                        cbn.epsilon(),
                        cbn.momentum(),
                        cbn.floor().orElse(Constants.USUAL.floor()),
                        Constants.USUAL.groupSize(),
                        Constants.USUAL.whiteningEpsilon()));
        Placement scaled = perFanIn ? arm.scalingInputs(cbn.c()) : arm;
        return switch (cbn.variant()) {
            case PLAIN -> scaled;
            case SWAP -> arm.normalisingInputs(standardiser(c, true, cbn.epsilon(), cbn.momentum()));
            case OUT_GAIN -> scaled.withOutputGain();
            case DUAL -> arm.normalisingPreActivations(standardiser(1, true, cbn.epsilon(), cbn.momentum()));
            case RMS ->
                arm.normalisingInputs(
                        (name, channels) -> RmsNormalization.of(name, channels, c, cbn.epsilon(), cbn.momentum()));
            case WEIGHT_STANDARDISED -> arm.standardisingWeights();
        };
    }

    private static NormaliserFactory standardiser(double scale, boolean learned, double epsilon, double momentum) {
        return (name, channels) -> BatchNormalization.of(name, channels, scale, learned, epsilon, momentum);
    }

    private static Placement arm(double gain) {
        return new Placement(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Weights(gain, 0, false, false, Optional.empty()),
                Constants.USUAL);
    }

    private Placement normalisingPreActivations(NormaliserFactory normaliser) {
        return new Placement(Optional.of(normaliser), beforeWeights, preGap, postGap, weights, constants);
    }

    private Placement normalisingInputs(NormaliserFactory normaliser) {
        return new Placement(beforeActivation, Optional.of(normaliser), preGap, postGap, weights, constants);
    }

    private Placement cancelling(double mean) {
        return with(
                new Weights(weights.gain(), mean, weights.outputGain(), weights.standardised(), weights.inputScale()));
    }

    private Placement scalingInputs(double kappa) {
        return with(new Weights(
                weights.gain(),
                weights.cancelledMean(),
                weights.outputGain(),
                weights.standardised(),
                Optional.of(kappa)));
    }

    private Placement withOutputGain() {
        return with(new Weights(
                weights.gain(), weights.cancelledMean(), true, weights.standardised(), weights.inputScale()));
    }

    private Placement standardisingWeights() {
        return with(
                new Weights(weights.gain(), weights.cancelledMean(), weights.outputGain(), true, weights.inputScale()));
    }

    private Placement with(Weights changed) {
        return new Placement(beforeActivation, beforeWeights, preGap, postGap, changed, constants);
    }

    private Placement with(Constants changed) {
        return new Placement(beforeActivation, beforeWeights, preGap, postGap, weights, changed);
    }

    private Placement withHead(Design design) {
        Optional<NormaliserFactory> before =
                Optional.of(design).filter(d -> d.head() == Head.PRE_GAP).map(d -> constants.factory(d.resolvedHead()));
        Optional<NormaliserFactory> after = Optional.of(design)
                .filter(d -> d.head() == Head.POST_GAP)
                .map(d -> constants.factory(d.resolvedHead()));
        return new Placement(beforeActivation, beforeWeights, before, after, weights, constants);
    }

    /** A normaliser would cancel a bias before it. */
    boolean bias() {
        return beforeActivation.isEmpty();
    }

    /** Whether residual blocks use the pre-activation order even if the network is defined in the other one. */
    boolean needsPreActivation() {
        return beforeWeights.isPresent();
    }
}
