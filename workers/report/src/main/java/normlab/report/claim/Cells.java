package normlab.report.claim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Function;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Cell;
import normlab.report.analysis.Chance;
import normlab.report.analysis.Measure;
import normlab.report.analysis.ProbeAverage;
import normlab.report.analysis.ProbedEffect;
import normlab.report.analysis.ProbedEffect.Scale;
import normlab.report.analysis.Quantity;
import normlab.report.campaign.TrialOutcome;
import normlab.report.claim.Part.Side;
import normlab.report.format.Numbers;
import normlab.report.stats.Holm;
import normlab.report.stats.Interval;
import normlab.report.stats.RankCorrelation;
import normlab.report.stats.Sample;
import normlab.report.stats.Welch;

/** All cells (network, activation and arm) of a campaign, for claims that are not about pairs of arms. */
final class Cells {
    private static final double LEVEL = 0.05;

    private final List<Named> cells = new ArrayList<>();

    private record Named(String name, Cell cell, boolean learnt) {}

    Cells(List<Analysis> networks) {
        for (Analysis network : networks) {
            double left = Chance.LEFT * Chance.percent(network.campaign());
            String prefix = networks.size() > 1 ? network.setting().network() + " " : "";
            network.activations()
                    .forEach(activation -> network.arms().forEach(arm -> {
                        Cell cell = network.cell(activation, arm);
                        boolean learnt = cell.sample(Measure.ACCURACY)
                                .filter(s -> s.mean() > left)
                                .isPresent();
                        cells.add(new Named(
                                prefix + activation.title() + " " + network.title(arm),
                                cell,
                                learnt && cell.diverged() == 0));
                    }));
        }
    }

    /** One part per effect: Spearman's ρ over the cells that reached the loss level that most of them reached. */
    List<Part> correlations(Rule.LogContext rule) {
        List<Correlated> found =
                rule.effects().stream().map(e -> correlated(e, rule)).toList();
        List<OptionalDouble> holm = Holm.adjustPresent(found.stream()
                .map(c -> c.correlation().map(r -> OptionalDouble.of(r.p())).orElse(OptionalDouble.empty()))
                .toList());
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            parts.add(found.get(i).part(rule.effects().get(i).title(), holm.get(i), rule.negligible()));
        }
        return parts;
    }

    private Correlated correlated(ProbedEffect effect, Rule.LogContext rule) {
        ProbeAverage probe = new ProbeAverage(effect, Scale.RAW);
        return levels().stream()
                .map(level -> correlated(probe, rule, level))
                .max(Comparator.comparingInt((Correlated c) -> c.cells().size())
                        .thenComparing(Correlated::level, Comparator.reverseOrder()))
                .orElse(new Correlated(Double.NaN, List.of(), Optional.empty()));
    }

    private Correlated correlated(ProbeAverage probe, Rule.LogContext rule, double level) {
        List<Cell> reached = new ArrayList<>();
        List<Double> probes = new ArrayList<>();
        List<Double> measures = new ArrayList<>();
        for (Named named : cells) {
            Optional<Sample> values = sample(named.cell(), t -> probe.atLoss(t, level));
            Optional<Sample> speeds = named.cell().sample(rule.measure());
            if (values.filter(v -> v.n() >= rule.seeds()).isPresent() && speeds.isPresent()) {
                reached.add(named.cell());
                probes.add(values.get().mean());
                measures.add(speeds.get().mean());
            }
        }
        return new Correlated(level, reached, RankCorrelation.of(probes, measures));
    }

    private TreeSet<Double> levels() {
        TreeSet<Double> levels = new TreeSet<>();
        cells.forEach(c ->
                c.cell().trials().forEach(t -> t.spec().probes().ifPresent(p -> levels.addAll(p.trainingLosses()))));
        return levels;
    }

    private static Optional<Sample> sample(Cell cell, Function<TrialOutcome, OptionalDouble> value) {
        List<Double> values = cell.trials().stream()
                .map(value)
                .filter(OptionalDouble::isPresent)
                .map(OptionalDouble::getAsDouble)
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(Sample.of(values));
    }

    /** @param level the training loss that {@code cells} reached */
    private record Correlated(double level, List<Cell> cells, Optional<RankCorrelation> correlation) {
        Part part(String name, OptionalDouble holm, double negligible) {
            List<String> keys = cells.stream()
                    .flatMap(c -> c.trials().stream())
                    .map(t -> t.planned().key())
                    .toList();
            String where = Double.isNaN(level) ? "" : ", at training loss " + Numbers.plain(level);
            String note = (correlation.isEmpty() ? "too few cells with enough seeds" : "over cells") + where;
            return new Part(
                    name,
                    "ρ",
                    correlation.map(c -> OptionalDouble.of(c.rho())).orElse(OptionalDouble.empty()),
                    correlation.map(RankCorrelation::interval),
                    0,
                    cells.size(),
                    correlation.map(c -> OptionalDouble.of(c.p())).orElse(OptionalDouble.empty()),
                    holm,
                    correlation.map(c -> side(c.interval(), holm, negligible)).orElse(Side.OPEN),
                    OptionalInt.empty(),
                    note,
                    keys);
        }

        private static Side side(Interval interval, OptionalDouble holm, double negligible) {
            if (interval.low() > 0 && holm.orElse(1) < LEVEL) {
                return Side.FOR;
            }
            boolean small = interval.low() > -negligible && interval.high() < negligible;
            return interval.high() < 0 || small ? Side.AGAINST : Side.OPEN;
        }
    }

    /** Cells that learnt and have all values for enough seeds. */
    List<String> comparable(Rule.Dissociation rule) {
        return candidates(rule).stream().map(Named::name).toList();
    }

    private List<Named> candidates(Rule.Dissociation rule) {
        return cells.stream()
                .filter(Named::learnt)
                .filter(c -> c.cell().values(rule.measure()).size() >= rule.seeds())
                .filter(c -> rule.effects().stream()
                        .allMatch(e ->
                                c.cell().values(new ProbeAverage(e, Scale.RAW)).size() >= rule.seeds()))
                .toList();
    }

    /** One part for each pair of cells in which the first has smaller effects but the larger measure. */
    List<Part> dissociations(Rule.Dissociation rule) {
        List<Named> candidates = candidates(rule);
        // With many pairs, some differ by chance, and the estimates are correlated anyway.
        double level = LEVEL / Math.max(1, candidates.size() * (candidates.size() - 1) / 2);
        List<Part> parts = new ArrayList<>();
        for (Named smaller : candidates) {
            for (Named larger : candidates) {
                boolean allSmaller = rule.effects().stream()
                        .allMatch(e -> below(smaller.cell(), larger.cell(), new ProbeAverage(e, Scale.RAW), level));
                if (allSmaller && below(larger.cell(), smaller.cell(), rule.measure(), level)) {
                    parts.add(dissociation(smaller, larger, rule));
                }
            }
        }
        return parts;
    }

    private static boolean below(Cell first, Cell second, Quantity quantity, double level) {
        return difference(first, second, quantity)
                .filter(w -> w.mean() < 0 && w.p() < level)
                .isPresent();
    }

    private static Optional<Welch> difference(Cell first, Cell second, Quantity quantity) {
        Collection<Double> a = first.values(quantity).values();
        Collection<Double> b = second.values(quantity).values();
        return a.isEmpty() || b.isEmpty() ? Optional.empty() : Welch.of(a, b);
    }

    private static Part dissociation(Named smaller, Named larger, Rule.Dissociation rule) {
        Welch welch = difference(smaller.cell(), larger.cell(), rule.measure()).orElseThrow();
        List<String> keys = new ArrayList<>();
        List.of(smaller, larger)
                .forEach(
                        n -> n.cell().trials().forEach(t -> keys.add(t.planned().key())));
        return new Part(
                "%s slower than %s".formatted(smaller.name(), larger.name()),
                rule.measure().unit(),
                OptionalDouble.of(welch.mean()),
                Optional.of(welch.interval()),
                0,
                Math.min(smaller.cell().trials().size(), larger.cell().trials().size()),
                OptionalDouble.of(welch.p()),
                OptionalDouble.empty(),
                Side.FOR,
                OptionalInt.empty(),
                "although its estimates are smaller",
                keys);
    }
}
