package normlab.report.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import normlab.report.analysis.Quantity;
import normlab.report.claim.Part.Side;
import normlab.report.format.Numbers;
import normlab.report.stats.Equivalence;
import normlab.report.stats.Holm;
import normlab.report.stats.Interval;
import normlab.report.stats.PairedDifference;
import normlab.report.stats.Power;
import normlab.report.stats.Sample;

/**
 * Paired differences from which a {@link Part} is made.
 *
 * @param claimed the value that the mean difference is compared with
 */
record PairedPart(String name, Quantity quantity, Pairs pairs, double claimed) {
    private static final double LEVEL = 0.05;

    /** For if the mean lies beyond the claimed value, on the better side of the measure. */
    static List<Part> beyond(List<PairedPart> parts, int seeds, Optional<Double> tie) {
        List<Optional<PairedDifference>> shifted =
                parts.stream().map(PairedPart::shifted).toList();
        List<OptionalDouble> p = shifted.stream()
                .map(s -> s.map(PairedDifference::p).orElse(OptionalDouble.empty()))
                .toList();
        List<OptionalDouble> holm = Holm.adjustPresent(p);
        List<Part> result = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            PairedPart part = parts.get(i);
            Side side = part.side(shifted.get(i), holm.get(i), seeds);
            OptionalInt needed = side == Side.OPEN ? part.needed(seeds, parts.size()) : OptionalInt.empty();
            result.add(part.part(part.interval(), p.get(i), holm.get(i), side, needed, part.notes(seeds, tie)));
        }
        return result;
    }

    /** For if both are shown to be equivalent within ± the margin; against if the treatment is worse by more. */
    static List<Part> level(List<PairedPart> parts, int seeds, double margin) {
        List<Optional<Equivalence>> tests =
                parts.stream().map(part -> part.equivalence(margin)).toList();
        List<OptionalDouble> p = tests.stream()
                .map(t -> t.map(e -> OptionalDouble.of(e.p())).orElse(OptionalDouble.empty()))
                .toList();
        List<OptionalDouble> holm = Holm.adjustPresent(p);
        List<Part> worse =
                beyond(parts.stream().map(part -> part.worseBy(margin)).toList(), seeds, Optional.empty());
        List<Part> result = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            PairedPart part = parts.get(i);
            boolean shown = part.enough(seeds) && holm.get(i).orElse(1) < LEVEL;
            Side side = levelSide(worse.get(i).side(), shown);
            OptionalInt needed =
                    side == Side.OPEN ? part.neededForLevel(seeds, margin, parts.size()) : OptionalInt.empty();
            result.add(part.part(
                    tests.get(i).map(Equivalence::interval),
                    p.get(i),
                    holm.get(i),
                    side,
                    needed,
                    part.notes(seeds, Optional.empty())));
        }
        return result;
    }

    /** @param againstWorse FOR means not worse by the margin, which alone does not show equivalence */
    private static Side levelSide(Side againstWorse, boolean shown) {
        return switch (againstWorse) {
            case ABSENT -> Side.ABSENT;
            case AGAINST -> Side.AGAINST;
            case FOR, OPEN -> shown ? Side.FOR : Side.OPEN;
        };
    }

    /** Judged only by the sign of the mean. */
    Part sign() {
        Side side = Side.ABSENT;
        if (!pairs.differences().isEmpty()) {
            side = better(mean()) ? Side.FOR : Side.AGAINST;
        }
        return part(interval(), OptionalDouble.empty(), OptionalDouble.empty(), side, OptionalInt.empty(), "sign only");
    }

    private PairedPart worseBy(double margin) {
        return new PairedPart(name, quantity, pairs, quantity.higherIsBetter() ? -margin : margin);
    }

    private Part part(
            Optional<Interval> interval,
            OptionalDouble p,
            OptionalDouble holm,
            Side side,
            OptionalInt needed,
            String note) {
        int n = pairs.differences().size();
        OptionalDouble effect = n == 0 ? OptionalDouble.empty() : OptionalDouble.of(mean());
        return new Part(
                name, quantity.unit(), effect, interval, claimed, n, p, holm, side, needed, note, pairs.trialKeys());
    }

    private Side side(Optional<PairedDifference> shifted, OptionalDouble holm, int seeds) {
        if (pairs.differences().isEmpty() && pairs.lost() == 0) {
            return Side.ABSENT;
        }
        if (shifted.isEmpty() || !enough(seeds) || holm.orElse(1) >= LEVEL) {
            return Side.OPEN;
        }
        return better(shifted.get().mean()) ? Side.FOR : Side.AGAINST;
    }

    /** Pairs lost to a divergence leave a part open, since judging the rest would be survivorship bias. */
    private boolean enough(int seeds) {
        return pairs.differences().size() >= seeds && pairs.lost() == 0;
    }

    private boolean better(double difference) {
        return difference > 0 == quantity.higherIsBetter();
    }

    private double mean() {
        return Sample.of(pairs.differences()).mean();
    }

    private Optional<Interval> interval() {
        return pairs.differences().isEmpty()
                ? Optional.empty()
                : PairedDifference.of(pairs.differences()).interval();
    }

    private Optional<PairedDifference> shifted() {
        return pairs.differences().isEmpty()
                ? Optional.empty()
                : Optional.of(PairedDifference.of(
                        pairs.differences().stream().map(d -> d - claimed).toList()));
    }

    private Optional<Equivalence> equivalence(double margin) {
        return pairs.differences().isEmpty() ? Optional.empty() : Equivalence.of(pairs.differences(), margin);
    }

    private OptionalInt needed(int seeds, int parts) {
        return interval().isEmpty() ? OptionalInt.empty() : needed(mean() - claimed, seeds, LEVEL / parts);
    }

    /** Each of the two tests is one-sided, and the nearer end of the margin decides. */
    private OptionalInt neededForLevel(int seeds, double margin, int parts) {
        return interval().isEmpty() ? OptionalInt.empty() : needed(margin - Math.abs(mean()), seeds, 2 * LEVEL / parts);
    }

    private OptionalInt needed(double distance, int seeds, double level) {
        double sd = Sample.of(pairs.differences()).sd().orElseThrow();
        OptionalInt needed = Power.pairs(distance / sd, Power.USUAL, level);
        int more = Math.max(seeds, pairs.differences().size() + 1);
        return needed.isPresent() ? OptionalInt.of(Math.max(more, needed.getAsInt())) : needed;
    }

    private String notes(int seeds, Optional<Double> tie) {
        List<String> notes = new ArrayList<>();
        if (pairs.lost() > 0) {
            notes.add(Numbers.count(pairs.lost(), "pair") + " lost to a divergence");
        }
        if (!pairs.differences().isEmpty() && pairs.differences().size() < seeds) {
            notes.add("fewer than %d pairs".formatted(seeds));
        }
        tie.flatMap(margin -> equivalence(margin).filter(e -> e.p() < LEVEL))
                .ifPresent(e -> notes.add("level within ±%s".formatted(Numbers.plain(e.margin()))));
        return String.join("; ", notes);
    }
}
