package normlab.report.stats;

import java.util.Collection;

/**
 * The chance that a run of one method beats an independent run of another, ties counted half: Mann and Whitney's U
 * divided by the number of pairs.
 */
public final class ProbabilityOfImprovement {
    private ProbabilityOfImprovement() {}

    /** @throws IllegalArgumentException if a sample is empty or holds a value that is not finite */
    public static double of(Collection<Double> treatment, Collection<Double> baseline) {
        double[] others = Sample.finite(baseline);
        double wins = 0;
        for (double value : Sample.finite(treatment)) {
            for (double other : others) {
                wins += value > other ? 1 : value == other ? 0.5 : 0;
            }
        }
        return wins / ((double) treatment.size() * others.length);
    }
}
