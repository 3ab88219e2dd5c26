package normlab.report.stats;

import static normlab.json.Checks.check;

import java.util.OptionalInt;
import org.hipparchus.analysis.UnivariateFunction;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.LegendreRuleFactory;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.util.Pair;

/** Power of the two-sided t-test of paired differences, by the noncentral t distribution. */
public final class Power {
    /** The usual power. */
    public static final double USUAL = 0.8;
    /** No campaign runs more seeds than this. */
    public static final int MOST_PAIRS = 1000;

    private static final double TAIL = 1e-12;
    /** On [−1, 1]. Made directly: the general factory first spends 0.1 s on constants of 40 digits. */
    private static final Pair<double[], double[]> RULE = new LegendreRuleFactory().getRule(100);

    private static final NormalDistribution NORMAL = new NormalDistribution();

    private Power() {}

    /**
     * The probability of detecting a true mean difference.
     *
     * @param effect mean difference divided by the standard deviation of the differences
     * @param pairs 2 or more
     * @param level level of the test, for example 0.05
     */
    public static double of(double effect, int pairs, double level) {
        check(pairs >= 2, "pairs is %s, expected 2 or more", pairs);
        check(level > 0 && level < 1, "level is %s, expected between 0 and 1", level);
        int freedom = pairs - 1;
        double critical = StudentT.critical(level, freedom);
        double shift = Math.abs(effect) * Math.sqrt(pairs);
        ChiSquaredDistribution chiSquared = new ChiSquaredDistribution(freedom);
        double low = Math.sqrt(chiSquared.inverseCumulativeProbability(TAIL) / freedom);
        double high = Math.sqrt(chiSquared.inverseCumulativeProbability(1 - TAIL) / freedom);
        // Given s, the ratio of the estimated to the true standard deviation, the statistic is normal.
        return integral(
                low,
                high,
                s -> 2
                        * freedom
                        * s
                        * chiSquared.density(freedom * s * s)
                        * (NORMAL.cumulativeProbability(shift - critical * s)
                                + NORMAL.cumulativeProbability(-shift - critical * s)));
    }

    private static double integral(double low, double high, UnivariateFunction function) {
        double half = (high - low) / 2;
        double middle = low + half;
        return half * new GaussIntegrator(RULE).integrate(x -> function.value(middle + half * x));
    }

    /**
     * The fewest pairs that detect the effect with the wanted power; empty above {@link #MOST_PAIRS}, or if the effect
     * is zero or not finite.
     *
     * @param effect as for {@link #of}
     */
    public static OptionalInt pairs(double effect, double power, double level) {
        if (effect == 0 || !Double.isFinite(effect) || of(effect, MOST_PAIRS, level) < power) {
            return OptionalInt.empty();
        }
        int tooFew = 1;
        int enough = MOST_PAIRS;
        while (enough - tooFew > 1) {
            int middle = (tooFew + enough) / 2;
            if (of(effect, middle, level) >= power) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        return OptionalInt.of(enough);
    }
}
