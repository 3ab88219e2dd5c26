package normlab.experiment;

import static normlab.json.Checks.check;

import normlab.json.Range;
import normlab.json.Ranges;

/**
 * Seeds are added until a paired difference is known precisely enough: until its 95 % interval is narrow in every cell,
 * or the seeds are used up. The rule looks at the width of intervals and never at the size of a difference, so that it
 * cannot stop because a result pleases; even so, the first n at which an interval is narrow tends to be one at which the
 * spread was met by luck, and intervals cover slightly less than they say.
 *
 * @param treatment by arm name, as is {@code baseline}: the arms that get further seeds
 * @param halfWidth of the interval of treatment minus baseline in last-epoch test accuracy, in points
 * @param mostSeeds that both arms share in the end
 */
public record StoppingRule(
        String treatment,
        String baseline,
        @Range(above = 0) double halfWidth,

        @Range(atLeast = 2, reason = "an interval needs two pairs")
        int mostSeeds) {
    public StoppingRule {
        Ranges.check(StoppingRule.class, halfWidth, mostSeeds);
        check(!treatment.equals(baseline), "treatment and baseline are both '%s', expected two arms", treatment);
    }
}
