package normlab.learning.network;

import java.util.Optional;
import normlab.experiment.Activation;
import normlab.experiment.Head;
import normlab.experiment.HeadNormaliser;
import normlab.experiment.Normalization;
import normlab.experiment.Normalization.Variant;

/**
 * What an arm has before activations, before weights and at the head. This is the only place that tells one arm from
 * another; what a network looks like follows from it.
 *
 * @param beforeActivation where batch normalization stands
 * @param beforeWeights where CBN, our reconstruction, stands
 * @param preGap between the last activation and the global average pool
 * @param postGap between the pool and the classifier
 */
record Placement(
        Optional<NormaliserFactory> beforeActivation,
        Optional<NormaliserFactory> beforeWeights,
        Optional<NormaliserFactory> preGap,
        Optional<NormaliserFactory> postGap,
        Weights weights) {

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
        static Weights drawnWith(double gain) {
            return new Weights(gain, 0, false, false, Optional.empty());
        }

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
        return switch (design.normalization()) {
            case Normalization.None ignored -> {
                double mean = design.centredActivation() ? 0 : ActivationFunctions.cancelledMean(activation);
                Weights weights =
                        new Weights(ActivationFunctions.gain(activation), mean, false, false, Optional.empty());
                yield of(design, Optional.empty(), Optional.empty(), weights, Constants.USUAL);
            }
            case Normalization.BatchNorm bn ->
                beforeActivation(design, standardiser(1, true, bn.epsilon(), bn.momentum()));
            case Normalization.WhitenedBatchNorm bn ->
                beforeActivation(
                        design,
                        (name, channels) ->
                                Whitening.of(name, channels, bn.groupSize(), 1, true, bn.epsilon(), bn.momentum()));
            case Normalization.CompleteBatchNorm cbn -> complete(design, cbn);
            case Normalization.CompleteWhitening white -> complete(design, white);
        };
    }

    private static Placement beforeActivation(Design design, NormaliserFactory normaliser) {
        return of(design, Optional.of(normaliser), Optional.empty(), Weights.drawnWith(1), Constants.USUAL);
    }

    private static Placement complete(Design design, Normalization.CompleteWhitening white) {
        NormaliserFactory whitening = (name, channels) ->
                Whitening.of(name, channels, white.groupSize(), white.c(), false, white.epsilon(), white.momentum());
        Constants constants = new Constants(
                Constants.USUAL.epsilon(),
                white.momentum(),
                Constants.USUAL.floor(),
                white.groupSize(),
                white.epsilon());
        return of(design, Optional.empty(), Optional.of(whitening), Weights.drawnWith(1 / white.c()), constants);
    }

    private static Placement complete(Design design, Normalization.CompleteBatchNorm cbn) {
        boolean perFanIn = cbn.perFanIn().isPresent();
        double c = perFanIn ? 1 : cbn.c();
        double epsilon = cbn.epsilon();
        double momentum = cbn.momentum();
        NormaliserFactory beforeWeights = switch (cbn.variant()) {
            case SWAP -> standardiser(c, true, epsilon, momentum);
            case RMS -> (name, channels) -> RmsNormalization.of(name, channels, c, epsilon, momentum);
            case PLAIN, OUT_GAIN, DUAL, WEIGHT_STANDARDISED ->
                cbn.floor().isEmpty()
                        ? standardiser(c, false, epsilon, momentum)
                        : (name, channels) -> BoundedNormalization.of(
                                name, channels, c, cbn.floor().get(), epsilon, momentum);
        };
        double kept = cbn.floor()
                .map(s -> Math.min(1, ActivationFunctions.normalDeviation(design.activation()) / s))
                .orElse(1.0);
        Weights weights = new Weights(
                1 / (c * kept),
                0,
                cbn.variant() == Variant.OUT_GAIN,
                cbn.variant() == Variant.WEIGHT_STANDARDISED,
                cbn.perFanIn().map(yes -> cbn.c()));
        return of(
                design,
                Optional.of(standardiser(1, true, epsilon, momentum)).filter(bn -> cbn.variant() == Variant.DUAL),
                Optional.of(beforeWeights),
                weights,
                new Constants(
                        epsilon,
                        momentum,
                        cbn.floor().orElse(Constants.USUAL.floor()),
                        Constants.USUAL.groupSize(),
                        Constants.USUAL.whiteningEpsilon()));
    }

    private static NormaliserFactory standardiser(double scale, boolean learned, double epsilon, double momentum) {
        return (name, channels) -> BatchNormalization.of(name, channels, scale, learned, epsilon, momentum);
    }

    /** @param constants of the head's normaliser */
    private static Placement of(
            Design design,
            Optional<NormaliserFactory> beforeActivation,
            Optional<NormaliserFactory> beforeWeights,
            Weights weights,
            Constants constants) {
        NormaliserFactory head = constants.factory(design.resolvedHead());
        return new Placement(
                beforeActivation,
                beforeWeights,
                Optional.of(head).filter(h -> design.head() == Head.PRE_GAP),
                Optional.of(head).filter(h -> design.head() == Head.POST_GAP),
                weights);
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
