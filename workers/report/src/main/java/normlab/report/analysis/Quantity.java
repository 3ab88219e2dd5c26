package normlab.report.analysis;

import java.util.OptionalDouble;
import normlab.report.campaign.TrialOutcome;

/** A number that a trial has, or has not. */
public sealed interface Quantity permits Measure, ProbeAverage {
    String title();

    String unit();

    boolean higherIsBetter();

    /** Empty where the trial has none, and where it is not finite. */
    OptionalDouble of(TrialOutcome trial);
}
