package normlab.report.claim;

import static normlab.report.claim.Part.LEVEL;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import normlab.report.claim.Correlations.Series;
import normlab.report.claim.Part.Side;
import normlab.report.format.Numbers;
import normlab.report.stats.Sample;
import normlab.report.stats.Welch;

/** Whether some cells are slower than others although all their estimates are smaller. */
final class Dissociations {
    private final Rule.Dissociation rule;
    private final List<Candidate> candidates;
    private final double level;

    /**
     * A cell that learnt.
     *
     * @param effects values of each effect of the rule, in its order
     * @param measure values of its measure
     */
    record Candidate(
            String name, String cluster, List<List<Double>> effects, List<Double> measure, List<String> keys) {}

    Dissociations(Rule.Dissociation rule, List<Candidate> candidates) {
        this.rule = rule;
        this.candidates = candidates.stream().filter(Dissociations::enough).toList();
        // With many pairs, some differ by chance.
        int count = this.candidates.size();
        this.level = LEVEL / Math.max(1, count * (count - 1) / 2);
    }

    private static boolean enough(Candidate candidate) {
        return candidate.measure().size() >= Part.FEWEST_PAIRS
                && candidate.effects().stream().allMatch(e -> e.size() >= Part.FEWEST_PAIRS);
    }

    ClaimVerdict verdict(Claim claim) {
        List<Part> cases = new ArrayList<>();
        Set<String> clusters = new HashSet<>();
        int apart = 0;
        for (Candidate smaller : candidates) {
            for (Candidate larger : candidates) {
                if (dissociates(smaller, larger)) {
                    cases.add(part(smaller, larger));
                    if (!clusters.contains(smaller.cluster()) && !clusters.contains(larger.cluster())) {
                        apart++;
                        clusters.add(smaller.cluster());
                        clusters.add(larger.cluster());
                    }
                }
            }
        }
        boolean ordered = cases.isEmpty() && ordered();
        String reason =
                ("Pairs that show it: %d without a shared cluster (%d in all) among %s with %d seeds or more; the"
                                + " claim needs at least %d.%s")
                        .formatted(
                                apart,
                                cases.size(),
                                Numbers.count(candidates.size(), "cell"),
                                Part.FEWEST_PAIRS,
                                rule.cases(),
                                ordered ? " Each effect alone is shown to order the speed." : "");
        Standing standing = Standing.INCONCLUSIVE;
        if (apart >= rule.cases()) {
            standing = Standing.SUPPORTED;
        } else if (ordered) {
            standing = Standing.NOT_SUPPORTED;
        }
        return new ClaimVerdict(claim, standing, reason, cases);
    }

    private boolean dissociates(Candidate smaller, Candidate larger) {
        return IntStream.range(0, rule.effects().size())
                        .allMatch(i ->
                                below(smaller.effects().get(i), larger.effects().get(i)))
                && below(larger.measure(), smaller.measure());
    }

    private boolean below(List<Double> first, List<Double> second) {
        return mean(first) < mean(second)
                && Welch.of(first, second).filter(w -> w.p() < level).isPresent();
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
    }

    /** Whether each effect is shown to have a rank correlation with the measure above that of the rule. */
    private boolean ordered() {
        return IntStream.range(0, rule.effects().size()).allMatch(i -> {
            List<Point> points = candidates.stream()
                    .map(c -> new Point(
                            c.name(),
                            c.cluster(),
                            Sample.of(c.effects().get(i)).mean(),
                            Sample.of(c.measure()).mean(),
                            List.of()))
                    .toList();
            return new Series("", "", points)
                    .correlation()
                    .filter(r -> r.interval(LEVEL / rule.effects().size()).low() > rule.orders())
                    .isPresent();
        });
    }

    private Part part(Candidate smaller, Candidate larger) {
        Welch welch = Welch.of(smaller.measure(), larger.measure()).orElseThrow();
        List<String> keys = new ArrayList<>(smaller.keys());
        keys.addAll(larger.keys());
        return new Part(
                "%s slower than %s".formatted(smaller.name(), larger.name()),
                rule.measure().unit(),
                OptionalDouble.of(welch.mean()),
                Optional.of(welch.interval()),
                Optional.empty(),
                true,
                0,
                0,
                Math.min(smaller.measure().size(), larger.measure().size()),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                1,
                OptionalDouble.of(welch.p()),
                OptionalDouble.empty(),
                Side.FOR,
                "although its estimates are smaller",
                keys);
    }
}
