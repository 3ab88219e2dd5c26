package normlab.learning.network;

import java.util.Optional;
import normlab.experiment.Activation;
import normlab.experiment.Head;
import normlab.experiment.Normalization;

/**
 * What an arm has in front of activations, in front of weights and at the head. The only place that knows an arm from
 * another; what a network looks like follows from here.
 *
 * @param beforeActivation the place of batch normalization
 * @param beforeWeights the place of CBN, our reconstruction
 * @param preGap between the last activation and the global average pool
 * @param postGap between the pool and the classifier
 * @param outputGain whether weight layers behind a normaliser have a learnt gain for each output channel
 * @param gain of the initial weights, whose standard deviation is gain/√fan-in
 */
record Placement(
        Optional<Normaliser> beforeActivation,
        Optional<Normaliser> beforeWeights,
        Optional<Normaliser> preGap,
        Optional<Normaliser> postGap,
        boolean outputGain,
        double gain) {
    /** Of the head's normaliser in arms whose normalization has none of its own: c = 1/√2. */
    private static final double HEAD_C = Math.sqrt(0.5);

    private static final double HEAD_EPSILON = 1e-5;
    private static final double HEAD_MOMENTUM = 0.1;

    /** Makes the layer that normalises so many channels. */
    interface Normaliser {
        Layer layer(String name, int channels);
    }

    static Placement of(Normalization normalization, Activation activation, Head head) {
        Normaliser fallback = standardiser(HEAD_C, false, HEAD_EPSILON, HEAD_MOMENTUM);
        return switch (normalization) {
            case Normalization.None ignored ->
                arm(Nonlinearity.gain(activation)).withHead(head, fallback, fallback);
            case Normalization.BatchNorm bn ->
                arm(1).normalisingPreActivations(standardiser(1, true, bn.epsilon(), bn.momentum()))
                        .withHead(head, fallback, fallback);
            case Normalization.WhitenedBatchNorm bn ->
                arm(1).normalisingPreActivations((name, channels) ->
                                Whitening.of(name, channels, bn.groupSize(), 1, true, bn.epsilon(), bn.momentum()))
                        .withHead(head, fallback, fallback);
            case Normalization.CompleteBatchNorm cbn -> complete(cbn, head);
            case Normalization.CompleteWhitening white -> {
                Normaliser whitener = (name, channels) -> Whitening.of(
                        name, channels, white.groupSize(), white.c(), false, white.epsilon(), white.momentum());
                Normaliser behindPool = standardiser(white.c(), false, HEAD_EPSILON, white.momentum());
                yield arm(1 / white.c()).normalisingInputs(whitener).withHead(head, whitener, behindPool);
            }
        };
    }

    private static Placement complete(Normalization.CompleteBatchNorm cbn, Head head) {
        Normaliser plain = standardiser(cbn.c(), false, cbn.epsilon(), cbn.momentum());
        Placement arm = arm(1 / cbn.c());
        return switch (cbn.variant()) {
            case PLAIN -> arm.normalisingInputs(plain).withHead(head, plain, plain);
            case SWAP ->
                arm.normalisingInputs(standardiser(cbn.c(), true, cbn.epsilon(), cbn.momentum()))
                        .withHead(head, plain, plain);
            case OUT_GAIN -> arm.normalisingInputs(plain).withOutputGain().withHead(head, plain, plain);
            case DUAL ->
                arm.normalisingInputs(plain)
                        .normalisingPreActivations(standardiser(1, true, cbn.epsilon(), cbn.momentum()))
                        .withHead(head, plain, plain);
            case RMS -> {
                Normaliser uncentred = (name, channels) ->
                        RootMeanSquareNormalization.of(name, channels, cbn.c(), cbn.epsilon(), cbn.momentum());
                yield arm.normalisingInputs(uncentred).withHead(head, uncentred, plain);
            }
        };
    }

    private static Normaliser standardiser(double scale, boolean learnt, double epsilon, double momentum) {
        return (name, channels) -> BatchNormalization.of(name, channels, scale, learnt, epsilon, momentum);
    }

    private static Placement arm(double gain) {
        return new Placement(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false, gain);
    }

    private Placement normalisingPreActivations(Normaliser normaliser) {
        return new Placement(Optional.of(normaliser), beforeWeights, preGap, postGap, outputGain, gain);
    }

    private Placement normalisingInputs(Normaliser normaliser) {
        return new Placement(beforeActivation, Optional.of(normaliser), preGap, postGap, outputGain, gain);
    }

    private Placement withOutputGain() {
        return new Placement(beforeActivation, beforeWeights, preGap, postGap, true, gain);
    }

    private Placement withHead(Head head, Normaliser before, Normaliser behind) {
        return new Placement(
                beforeActivation,
                beforeWeights,
                head == Head.PRE_GAP ? Optional.of(before) : Optional.empty(),
                head == Head.POST_GAP ? Optional.of(behind) : Optional.empty(),
                outputGain,
                gain);
    }

    /** A bias in front of a normaliser would be cancelled by it. */
    boolean bias() {
        return beforeActivation.isEmpty();
    }

    /**
     * Whether residual sums would grow with depth: nothing normalises the branches behind their weights, so their initial
     * weights are scaled down.
     */
    boolean scalesBranches() {
        return beforeWeights.isPresent() || beforeActivation.isEmpty();
    }

    /** Whether residual blocks take the pre-activation order even where their network is written in the other one. */
    boolean wantsPreActivation() {
        return beforeWeights.isPresent();
    }
}
