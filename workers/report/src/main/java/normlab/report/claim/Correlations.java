package normlab.report.claim;

import static normlab.report.claim.Part.LEVEL;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import normlab.report.claim.Part.Side;
import normlab.report.stats.ClusteredCorrelation;
import normlab.report.stats.Holm;
import normlab.report.stats.Interval;

/** Whether two quantities rise together over cells. */
final class Correlations {
    private Correlations() {}

    /** @param note may be empty */
    record Series(String name, String note, List<Point> points) {
        Optional<ClusteredCorrelation> correlation() {
            return ClusteredCorrelation.of(
                    points.stream().map(Point::x).toList(),
                    points.stream().map(Point::y).toList(),
                    points.stream().map(Point::cluster).toList());
        }
    }

    /** @param negligible a correlation that is shown to be smaller in magnitude speaks against the claim */
    static List<Part> judge(List<Series> series, double negligible) {
        List<Optional<ClusteredCorrelation>> found =
                series.stream().map(Series::correlation).toList();
        List<Double> holm = Holm.adjust(found.stream()
                .map(f -> f.map(ClusteredCorrelation::p).orElse(1.0))
                .toList());
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < series.size(); i++) {
            parts.add(part(series.get(i), found.get(i), holm.get(i), negligible, series.size()));
        }
        return parts;
    }

    private static Part part(
            Series series, Optional<ClusteredCorrelation> found, double holm, double negligible, int family) {
        String few = found.isEmpty() ? "too few cells or clusters with enough seeds" : "over cells, in clusters";
        return new Part(
                series.name(),
                "ρ",
                found.map(c -> OptionalDouble.of(c.rho())).orElse(OptionalDouble.empty()),
                found.map(c -> c.interval(LEVEL)),
                found.map(c -> c.interval(LEVEL / family)),
                true,
                0,
                negligible,
                series.points().size(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                family,
                found.map(c -> OptionalDouble.of(c.p())).orElse(OptionalDouble.empty()),
                found.isPresent() ? OptionalDouble.of(holm) : OptionalDouble.empty(),
                found.map(c -> side(c, holm, negligible, family)).orElse(Side.OPEN),
                few + series.note(),
                series.points().stream().flatMap(p -> p.keys().stream()).toList());
    }

    private static Side side(ClusteredCorrelation found, double holm, double negligible, int family) {
        if (holm < LEVEL && found.rho() > 0) {
            return Side.FOR;
        }
        Interval bounds = found.interval(LEVEL / family);
        boolean small = bounds.low() > -negligible && bounds.high() < negligible;
        return bounds.high() < 0 || small ? Side.AGAINST : Side.OPEN;
    }
}
