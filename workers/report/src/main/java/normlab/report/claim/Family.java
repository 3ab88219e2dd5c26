package normlab.report.claim;

import static normlab.report.claim.Part.LEVEL;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import normlab.report.analysis.Quantity;
import normlab.report.claim.Part.Side;
import normlab.report.format.Numbers;
import normlab.report.stats.Holm;
import normlab.report.stats.Interval;
import normlab.report.stats.MeanEstimate;

/**
 * Judges hypotheses that share one Holm correction. A part is <em>for</em> if its p against the figure survives the
 * correction and the effect lies on the claimed side; else <em>against</em> if the Bonferroni bound shows that the effect
 * falls short; else open. Parts that were not run count as well, so the correction is known before the campaign.
 */
final class Family {
    /** A spread below this share of the pooled one is pointed out. */
    private static final double LUCKY = 0.5;

    private final List<Hypothesis> hypotheses;
    private final List<Optional<MeanEstimate>> estimates;
    private final List<OptionalDouble> p;
    private final List<Double> holm;
    private final Map<String, Double> pooledSd;
    private final int size;

    private Family(List<Hypothesis> hypotheses) {
        this.hypotheses = hypotheses;
        this.estimates = hypotheses.stream().map(Family::estimate).toList();
        this.p = p();
        List<Double> counted = new ArrayList<>();
        for (int i = 0; i < hypotheses.size(); i++) {
            if (!hypotheses.get(i).readout()) {
                counted.add(p.get(i).orElse(1));
            }
        }
        this.size = counted.size();
        List<Double> adjusted = new ArrayList<>(Holm.adjust(counted));
        this.holm = hypotheses.stream()
                .map(h -> h.readout() ? 1 : adjusted.removeFirst())
                .toList();
        this.pooledSd = pooledSd();
    }

    /** One part per hypothesis, in their order. */
    static List<Part> judge(List<Hypothesis> hypotheses) {
        Family family = new Family(List.copyOf(hypotheses));
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < hypotheses.size(); i++) {
            parts.add(family.part(i));
        }
        return parts;
    }

    /** Judged only by the sign of the mean. */
    static Part sign(String name, Quantity quantity, Pairs pairs) {
        Hypothesis better = quantity.higherIsBetter()
                ? Hypothesis.above(name, quantity, List.of(pairs), 0, 0)
                : Hypothesis.below(name, quantity, List.of(pairs), 0, 0);
        Side side = pairs.differences().isEmpty()
                ? Side.ABSENT
                : pairs.mean() * better.sign() > 0 ? Side.FOR : Side.AGAINST;
        return judge(List.of(better.asReadout())).getFirst().descriptive(side, "sign only");
    }

    /** Pooled over cells only if each has an estimate. */
    private static Optional<MeanEstimate> estimate(Hypothesis hypothesis) {
        List<MeanEstimate> cells =
                hypothesis.cells().stream().flatMap(c -> c.estimate().stream()).toList();
        return cells.isEmpty() || cells.size() < hypothesis.cells().size()
                ? Optional.empty()
                : Optional.of(MeanEstimate.pooled(cells));
    }

    private List<OptionalDouble> p() {
        List<OptionalDouble> found = new ArrayList<>();
        for (int i = 0; i < hypotheses.size(); i++) {
            Hypothesis h = hypotheses.get(i);
            found.add(
                    h.untestable().isPresent() || estimates.get(i).isEmpty()
                            ? OptionalDouble.empty()
                            : OptionalDouble.of(estimates.get(i).get().p(h.figure())));
        }
        return found;
    }

    private Map<String, Double> pooledSd() {
        Map<String, List<MeanEstimate>> byUnit = new TreeMap<>();
        for (int i = 0; i < hypotheses.size(); i++) {
            String unit = hypotheses.get(i).quantity().unit();
            estimates
                    .get(i)
                    .ifPresent(e ->
                            byUnit.computeIfAbsent(unit, u -> new ArrayList<>()).add(e));
        }
        return byUnit.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> pooled(e.getValue())));
    }

    private static double pooled(List<MeanEstimate> estimates) {
        double squares = 0;
        double freedom = 0;
        for (MeanEstimate estimate : estimates) {
            squares += estimate.freedom() * estimate.spread() * estimate.spread();
            freedom += estimate.freedom();
        }
        return Math.sqrt(squares / freedom);
    }

    private Part part(int i) {
        Hypothesis h = hypotheses.get(i);
        Optional<MeanEstimate> estimate = estimates.get(i);
        Optional<Interval> corrected = estimate.map(e -> e.interval(LEVEL / Math.max(1, size)));
        OptionalDouble tested = p.get(i);
        Side side = side(h, estimate, corrected, holm.get(i));
        return new Part(
                h.name(),
                h.quantity().unit(),
                h.pairs() == 0
                        ? OptionalDouble.empty()
                        : h.cells().stream().mapToDouble(Pairs::mean).average(),
                estimate.map(e -> e.interval(LEVEL)),
                corrected,
                h.larger(),
                h.figure(),
                h.matters(),
                h.pairs(),
                estimate.map(e -> OptionalDouble.of(e.spread())).orElse(OptionalDouble.empty()),
                estimate.map(e -> OptionalDouble.of(
                                pooledSd.getOrDefault(h.quantity().unit(), 0.0)))
                        .orElse(OptionalDouble.empty()),
                size,
                tested,
                tested.isPresent() && !h.readout() ? OptionalDouble.of(holm.get(i)) : OptionalDouble.empty(),
                side,
                notes(h, estimate, corrected, side),
                h.cells().stream().flatMap(c -> c.trialKeys().stream()).toList());
    }

    private static Side side(Hypothesis h, Optional<MeanEstimate> estimate, Optional<Interval> corrected, double holm) {
        if (h.absent()) {
            return Side.ABSENT;
        }
        if (h.readout()) {
            return Side.READOUT;
        }
        if (h.untestable().isPresent()) {
            return Side.NOT_TESTABLE;
        }
        if (estimate.isEmpty() || h.pairs() < Part.FEWEST_PAIRS || h.lost() > 0) {
            return Side.OPEN;
        }
        if (holm < LEVEL && h.sign() * (estimate.get().mean() - h.figure()) > 0) {
            return Side.FOR;
        }
        double upper = upper(h, corrected.orElseThrow());
        if (!h.attainable() && upper >= 0) {
            return Side.NOT_ATTAINABLE;
        }
        return upper < h.sign() * h.figure() + (h.tieIsAgainst() ? h.matters() : 0) ? Side.AGAINST : Side.OPEN;
    }

    /** The bound on the claimed side, counted so that more is more of what is claimed. */
    private static double upper(Hypothesis h, Interval interval) {
        return h.larger() ? interval.high() : -interval.low();
    }

    private static double lower(Hypothesis h, Interval interval) {
        return h.larger() ? interval.low() : -interval.high();
    }

    private String notes(Hypothesis h, Optional<MeanEstimate> estimate, Optional<Interval> corrected, Side side) {
        List<String> notes = new ArrayList<>();
        h.untestable().ifPresent(notes::add);
        corrected.map(c -> size(h, c, side)).filter(s -> !s.isEmpty()).ifPresent(notes::add);
        if (h.lost() > 0) {
            notes.add(Numbers.count(h.lost(), "pair") + " lost to a divergence");
        }
        if (side == Side.OPEN && h.pairs() < Part.FEWEST_PAIRS) {
            notes.add("fewer than %d pairs".formatted(Part.FEWEST_PAIRS));
        }
        estimate.filter(e ->
                        e.spread() < LUCKY * pooledSd.getOrDefault(h.quantity().unit(), 0.0))
                .ifPresent(e -> notes.add("its spread is less than half the pooled one"));
        if (!h.note().isEmpty()) {
            notes.add(h.note());
        }
        return String.join("; ", notes);
    }

    /** How large the effect is shown to be, where it can be a tie. */
    private static String size(Hypothesis h, Interval corrected, Side side) {
        if (!h.tieIsAgainst()) {
            return "";
        }
        double figure = h.sign() * h.figure();
        double upper = upper(h, corrected);
        return switch (side) {
            case FOR -> upper < figure + h.matters() ? "smaller than matters" : "";
            case AGAINST ->
                upper < figure
                        ? "worse"
                        : lower(h, corrected) > figure - h.matters() ? "level" : "no gain that matters";
            case OPEN, NOT_ATTAINABLE, NOT_TESTABLE, ABSENT, READOUT -> "";
        };
    }
}
