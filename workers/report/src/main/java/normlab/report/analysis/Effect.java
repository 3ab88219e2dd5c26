package normlab.report.analysis;

import java.util.Optional;
import java.util.OptionalDouble;
import normlab.experiment.Activation;
import normlab.report.stats.PairedDifference;

/**
 * Treatment minus baseline under one activation.
 *
 * @param difference absent if no seed has a value on both sides
 * @param holm the t-test's p after Holm's correction over the activations of this comparison and measure
 * @param plannedPairs seeds that both arms were to run
 * @param divergedPairs planned pairs with a divergence on either side
 */
public record Effect(
        Activation activation,
        Measure measure,
        Optional<PairedDifference> difference,
        OptionalDouble holm,
        int plannedPairs,
        int divergedPairs,
        Verdict verdict) {
    /** Planned pairs without a value on both sides. */
    public int missingPairs() {
        return plannedPairs - difference.map(PairedDifference::n).orElse(0);
    }
}
