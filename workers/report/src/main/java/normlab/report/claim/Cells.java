package normlab.report.claim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Cell;
import normlab.report.analysis.Chance;
import normlab.report.analysis.ProbeAverage;
import normlab.report.analysis.ProbedEffect;
import normlab.report.analysis.ProbedEffect.Scale;
import normlab.report.claim.Correlations.Series;
import normlab.report.claim.Dissociations.Candidate;
import normlab.report.format.Numbers;
import normlab.report.stats.Sample;

/** All cells (network, activation and arm) of a campaign, for claims that are not about pairs of arms. */
final class Cells {
    private final List<Named> cells = new ArrayList<>();

    private record Named(String name, String cluster, Cell cell, boolean learnt) {
        List<String> keys() {
            return cell.trials().stream().map(t -> t.planned().key()).toList();
        }
    }

    Cells(List<Analysis> networks) {
        for (Analysis network : networks) {
            String prefix = networks.size() > 1 ? network.setting().network() + " " : "";
            network.activations()
                    .forEach(activation -> network.arms().forEach(arm -> {
                        Cell cell = network.cell(activation, arm);
                        String cluster = prefix + activation.title();
                        cells.add(new Named(cluster + " " + network.title(arm), cluster, cell, Chance.left(cell)));
                    }));
        }
    }

    /** One part per effect: Spearman's ρ over the cells that reached the loss level that most of them reached. */
    List<Part> correlations(Rule.Correlation rule) {
        return Correlations.judge(
                rule.effects().stream().map(e -> series(e, rule)).toList(), rule.negligible());
    }

    private Series series(ProbedEffect effect, Rule.Correlation rule) {
        TreeSet<Double> levels = new TreeSet<>();
        cells.forEach(c ->
                c.cell().trials().forEach(t -> t.spec().probes().ifPresent(p -> levels.addAll(p.trainingLosses()))));
        return levels.stream()
                .map(level -> new Series(
                        effect.title(),
                        ", at training loss " + Numbers.plain(level),
                        points(new ProbeAverage(effect, Scale.RAW), rule, level)))
                .max(Comparator.comparingInt(s -> s.points().size()))
                .orElse(new Series(effect.title(), "", List.of()));
    }

    private List<Point> points(ProbeAverage probe, Rule.Correlation rule, double level) {
        List<Point> points = new ArrayList<>();
        for (Named named : cells) {
            List<Double> values = named.cell().trials().stream()
                    .map(t -> probe.atLoss(t, level))
                    .filter(OptionalDouble::isPresent)
                    .map(OptionalDouble::getAsDouble)
                    .toList();
            Optional<Sample> speed = named.cell().sample(rule.measure());
            if (values.size() >= Part.FEWEST_PAIRS && speed.isPresent()) {
                points.add(new Point(
                        named.name(),
                        named.cluster(),
                        Sample.of(values).mean(),
                        speed.get().mean(),
                        named.keys()));
            }
        }
        return points;
    }

    ClaimVerdict dissociation(Claim claim, Rule.Dissociation rule) {
        List<Candidate> candidates = cells.stream()
                .filter(Named::learnt)
                .map(c -> new Candidate(
                        c.name(),
                        c.cluster(),
                        rule.effects().stream()
                                .map(e -> List.copyOf(c.cell()
                                        .values(new ProbeAverage(e, Scale.RAW))
                                        .values()))
                                .toList(),
                        List.copyOf(c.cell().values(rule.measure()).values()),
                        c.keys()))
                .toList();
        return new Dissociations(rule, candidates).verdict(claim);
    }
}
