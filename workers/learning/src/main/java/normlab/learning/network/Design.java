package normlab.learning.network;

import java.util.Optional;
import normlab.experiment.Activation;
import normlab.experiment.Head;
import normlab.experiment.HeadNormaliser;
import normlab.experiment.Normalization;
import normlab.experiment.TrialSpec;

/**
 * What an arm makes of a {@link NetworkDefinition} under one activation.
 *
 * @param headNormaliser absent: the usual one of the normalization, if the head has one
 * @param centredActivation whether φ(x) − E φ(u), u standard normal, stands for φ
 */
public record Design(
        Normalization normalization,
        Activation activation,
        Head head,
        Optional<HeadNormaliser> headNormaliser,
        boolean centredActivation) {
    /** With the usual normaliser at the head and the usual activation. */
    public Design(Normalization normalization, Activation activation, Head head) {
        this(normalization, activation, head, Optional.empty(), false);
    }

    public static Design of(TrialSpec spec) {
        return new Design(
                spec.normalization(),
                spec.activation(),
                spec.head(),
                spec.headNormaliser(),
                spec.centredActivation().orElse(false));
    }

    /** What stands at the head, where something does. */
    HeadNormaliser resolvedHead() {
        return headNormaliser.orElseGet(() -> normalization.usualHead(head));
    }

    ActivationLayer activationLayer() {
        return new ActivationLayer(activation, centredActivation ? ActivationFunctions.normalMean(activation) : 0);
    }
}
