package normlab.report.stats;

import static normlab.json.Checks.check;

/** A closed interval of real numbers. */
public record Interval(double low, double high) {
    public Interval {
        check(low <= high, "interval from %s to %s is upside down", low, high);
    }

    public boolean contains(double value) {
        return low <= value && value <= high;
    }
}
