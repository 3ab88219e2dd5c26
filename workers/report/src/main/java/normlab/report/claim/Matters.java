package normlab.report.claim;

import static normlab.json.Checks.check;

import java.util.Collection;
import java.util.Optional;
import normlab.report.analysis.Quantity;

/**
 * The smallest effect of interest: a smaller difference would not matter to anybody, whatever its p value.
 *
 * @param points in points of accuracy
 * @param share of the baseline's mean, in (0, 1); of a probed effect, by how much its ratio must differ from 1
 */
public record Matters(Optional<Double> points, Optional<Double> share) {
    public Matters {
        check(
                points.isPresent() != share.isPresent(),
                "matters has points %s and share %s, expected one",
                points,
                share);
        points.ifPresent(p -> check(p > 0, "matters.points is %s, expected more than 0", p));
        share.ifPresent(s -> check(s > 0 && s < 1, "matters.share is %s, expected in (0, 1)", s));
    }

    static Matters points(double points) {
        return new Matters(Optional.of(points), Optional.empty());
    }

    /**
     * In the unit of the quantity.
     *
     * @param baseline values that a share is a share of; not used for points and for logarithms of ratios
     */
    double in(Quantity quantity, Collection<Double> baseline) {
        if (points.isPresent()) {
            return points.get();
        }
        return quantity.isLogarithm()
                ? -Math.log1p(-share.orElseThrow())
                : share.orElseThrow()
                        * Math.abs(
                                baseline.stream().mapToDouble(v -> v).average().orElse(0));
    }
}
