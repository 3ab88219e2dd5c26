package normlab.report.analysis;

import java.util.OptionalDouble;
import normlab.report.campaign.TrialOutcome;

/** A number that a trial may have. */
public sealed interface Quantity permits Measure, ProbeAverage, ProbeAverageAtLoss {
    String title();

    String unit();

    boolean higherIsBetter();

    /** Whether differences of it are logarithms of ratios. */
    default boolean isLogarithm() {
        return false;
    }

    /** Empty if the trial has no such number or it is not finite. */
    OptionalDouble of(TrialOutcome trial);
}
