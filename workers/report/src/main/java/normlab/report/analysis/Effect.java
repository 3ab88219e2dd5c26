package normlab.report.analysis;

import java.util.Optional;
import java.util.OptionalDouble;
import normlab.experiment.Activation;
import normlab.report.stats.PairedDifference;

/**
 * Treatment minus baseline under one activation.
 *
 * @param difference absent if no seed has a value on both sides
 * @param holm p of the t-test after Holm's correction over the activations of this comparison and measure
 * @param plannedPairs the number of seeds planned for both arms
 * @param divergedPairs the number of planned pairs in which either side diverged
 */
public record Effect(
        Activation activation,
        Measure measure,
        Optional<PairedDifference> difference,
        OptionalDouble holm,
        int plannedPairs,
        int divergedPairs,
        Verdict verdict) {
    /** The number of planned pairs without a value on both sides. */
    public int missingPairs() {
        return plannedPairs - difference.map(PairedDifference::n).orElse(0);
    }
}
