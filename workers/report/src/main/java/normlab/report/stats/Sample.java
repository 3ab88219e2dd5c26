package normlab.report.stats;

import java.util.Collection;
import java.util.OptionalDouble;
import org.hipparchus.stat.StatUtils;

/**
 * Size, mean and spread of a sample.
 *
 * @param sd standard deviation with n − 1; absent for fewer than two values
 */
public record Sample(int n, double mean, OptionalDouble sd) {
    /** @throws IllegalArgumentException if there are no values or one is not finite */
    public static Sample of(Collection<Double> values) {
        double[] array = finite(values);
        OptionalDouble sd =
                array.length < 2 ? OptionalDouble.empty() : OptionalDouble.of(Math.sqrt(StatUtils.variance(array)));
        return new Sample(array.length, StatUtils.mean(array), sd);
    }

    static double[] finite(Collection<Double> values) {
        double[] array = new double[values.size()];
        int i = 0;
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a sample holds " + value + ", expected finite numbers");
            }
            array[i++] = value;
        }
        if (array.length == 0) {
            throw new IllegalArgumentException("a sample is empty, expected at least one value");
        }
        return array;
    }
}
