package normlab.learning.network;

import java.util.Optional;
import normlab.experiment.Activation;
import normlab.experiment.Head;
import normlab.experiment.Normalization;

/**
 * What an arm has before activations, before weights and at the head. This is the only place that tells one arm from
 * another; what a network looks like follows from it.
 *
 * @param beforeActivation where batch normalization stands
 * @param beforeWeights where CBN, our reconstruction, stands
 * @param preGap between the last activation and the global average pool
 * @param postGap between the pool and the classifier
 * @param outputGain whether weight layers after a normaliser have a learned gain for each output channel
 * @param gain of the initial weights, whose standard deviation is gain/√fan-in
 */
record Placement(
        Optional<NormaliserFactory> beforeActivation,
        Optional<NormaliserFactory> beforeWeights,
        Optional<NormaliserFactory> preGap,
        Optional<NormaliserFactory> postGap,
        boolean outputGain,
        double gain) {
    /** The head's normaliser in arms that have none of their own: c = 1/√2. */
    private static final double HEAD_C = Math.sqrt(0.5);

    private static final double HEAD_EPSILON = 1e-5;
    private static final double HEAD_MOMENTUM = 0.1;

    /** Makes the layer that normalises so many channels. */
    interface NormaliserFactory {
        Normaliser create(String name, int channels);
    }

    static Placement of(Normalization normalization, Activation activation, Head head) {
        NormaliserFactory fallback = standardiser(HEAD_C, false, HEAD_EPSILON, HEAD_MOMENTUM);
        return switch (normalization) {
            case Normalization.None ignored ->
                arm(ActivationFunctions.gain(activation)).withHead(head, fallback, fallback);
            case Normalization.BatchNorm bn ->
                arm(1).normalisingPreActivations(standardiser(1, true, bn.epsilon(), bn.momentum()))
                        .withHead(head, fallback, fallback);
            case Normalization.WhitenedBatchNorm bn ->
                arm(1).normalisingPreActivations((name, channels) ->
                                Whitening.of(name, channels, bn.groupSize(), 1, true, bn.epsilon(), bn.momentum()))
                        .withHead(head, fallback, fallback);
            case Normalization.CompleteBatchNorm cbn -> complete(cbn, head);
            case Normalization.CompleteWhitening whitening -> {
                NormaliserFactory whitener = (name, channels) -> Whitening.of(
                        name,
                        channels,
                        whitening.groupSize(),
                        whitening.c(),
                        false,
                        whitening.epsilon(),
                        whitening.momentum());
                NormaliserFactory afterPool = standardiser(whitening.c(), false, HEAD_EPSILON, whitening.momentum());
                yield arm(1 / whitening.c()).normalisingInputs(whitener).withHead(head, whitener, afterPool);
            }
        };
    }

    private static Placement complete(Normalization.CompleteBatchNorm cbn, Head head) {
        NormaliserFactory plain = standardiser(cbn.c(), false, cbn.epsilon(), cbn.momentum());
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
                NormaliserFactory uncentred =
                        (name, channels) -> RmsNormalization.of(name, channels, cbn.c(), cbn.epsilon(), cbn.momentum());
                yield arm.normalisingInputs(uncentred).withHead(head, uncentred, plain);
            }
        };
    }

    private static NormaliserFactory standardiser(double scale, boolean learned, double epsilon, double momentum) {
        return (name, channels) -> BatchNormalization.of(name, channels, scale, learned, epsilon, momentum);
    }

    private static Placement arm(double gain) {
        return new Placement(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false, gain);
    }

    private Placement normalisingPreActivations(NormaliserFactory normaliser) {
        return new Placement(Optional.of(normaliser), beforeWeights, preGap, postGap, outputGain, gain);
    }

    private Placement normalisingInputs(NormaliserFactory normaliser) {
        return new Placement(beforeActivation, Optional.of(normaliser), preGap, postGap, outputGain, gain);
    }

    private Placement withOutputGain() {
        return new Placement(beforeActivation, beforeWeights, preGap, postGap, true, gain);
    }

    private Placement withHead(Head head, NormaliserFactory beforePool, NormaliserFactory afterPool) {
        return new Placement(
                beforeActivation,
                beforeWeights,
                head == Head.PRE_GAP ? Optional.of(beforePool) : Optional.empty(),
                head == Head.POST_GAP ? Optional.of(afterPool) : Optional.empty(),
                outputGain,
                gain);
    }

    /** A normaliser would cancel a bias before it. */
    boolean bias() {
        return beforeActivation.isEmpty();
    }

    /**
     * Whether the last weights of residual branches start smaller: nothing normalises their output, so the sums would grow
     * with depth.
     */
    boolean scalesBranches() {
        return beforeWeights.isPresent() || beforeActivation.isEmpty();
    }

    /** Whether residual blocks use the pre-activation order even if the network is defined in the other one. */
    boolean needsPreActivation() {
        return beforeWeights.isPresent();
    }
}
