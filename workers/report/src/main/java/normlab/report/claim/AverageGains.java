package normlab.report.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import normlab.experiment.Activation;
import normlab.report.claim.Pairs.Term;
import normlab.report.format.Numbers;
import normlab.report.stats.MeanEstimate;
import normlab.report.stats.Sample;

/** Gains "on average": pooled over cells of network and dataset, with what puts them into proportion. */
final class AverageGains {
    /** With fewer cells, an average over them is not what a text means by "on average". */
    private static final int ENOUGH_CELLS = 3;

    private static final double LEVEL = 0.05;

    private final Evidence evidence;

    AverageGains(Evidence evidence) {
        this.evidence = evidence;
    }

    List<Hypothesis> of(Rule.AverageGain rule) {
        List<Hypothesis> parts = new ArrayList<>();
        rule.figures().forEach((activation, figure) -> parts.add(part(rule, activation, figure)));
        return parts;
    }

    private Hypothesis part(Rule.AverageGain rule, Activation activation, double figure) {
        List<Term> terms = Pairs.difference(rule.treatment(), rule.baseline(), activation);
        List<String> places = evidence.networks().stream()
                .filter(network ->
                        !Pairs.of(evidence, network, rule.measure(), terms).absent())
                .toList();
        List<String> notes = new ArrayList<>();
        if (!places.isEmpty()) {
            notes.add(
                    places.size() < ENOUGH_CELLS
                            ? "in this setting"
                            : "averaged over %s".formatted(Numbers.count(places.size(), "cell")));
        }
        sameHead(rule, activation).ifPresent(notes::add);
        gapClosed(rule, places, activation).ifPresent(notes::add);
        return Hypothesis.above(
                        activation.title(),
                        rule.measure(),
                        cells(rule, places, terms),
                        figure,
                        rule.matters().in(rule.measure(), List.of()))
                .attainable(attainable(rule, places, activation, figure))
                .noting(String.join("; ", notes));
    }

    private List<Pairs> cells(Rule.AverageGain rule, List<String> places, List<Term> terms) {
        return places.stream()
                .map(network -> Pairs.of(evidence, network, rule.measure(), terms))
                .toList();
    }

    /** Over the cells that have the treatment and the baseline. */
    private boolean attainable(Rule.AverageGain rule, List<String> places, Activation activation, double figure) {
        double room = 0;
        for (String network : places) {
            OptionalDouble baseline = mean(rule, network, rule.baseline(), activation);
            OptionalDouble best = evidence.best(network, rule.measure());
            if (baseline.isEmpty() || best.isEmpty()) {
                return true;
            }
            room += best.getAsDouble() - baseline.getAsDouble();
        }
        return places.isEmpty() || figure <= room / places.size();
    }

    private Optional<String> sameHead(Rule.AverageGain rule, Activation activation) {
        List<MeanEstimate> means =
                cells(rule, evidence.networks(), Pairs.difference(rule.treatment(), Role.BN_SAME_HEAD, activation))
                        .stream()
                        .flatMap(c -> c.estimate().stream())
                        .toList();
        if (means.isEmpty() || rule.treatment() == Role.BN_SAME_HEAD) {
            return Optional.empty();
        }
        MeanEstimate mean = MeanEstimate.pooled(means);
        return Optional.of("at the same head %s %s"
                .formatted(Numbers.signed(mean.mean(), 2), Numbers.interval(mean.interval(LEVEL), 2)));
    }

    /** The share of the baseline's gap to the reference activation that the treatment closes. */
    private Optional<String> gapClosed(Rule.AverageGain rule, List<String> places, Activation activation) {
        double gap = 0;
        double gain = 0;
        for (String network : places) {
            OptionalDouble baseline = mean(rule, network, rule.baseline(), activation);
            OptionalDouble treatment = mean(rule, network, rule.treatment(), activation);
            OptionalDouble reference = mean(rule, network, rule.baseline(), rule.reference());
            if (baseline.isEmpty() || treatment.isEmpty() || reference.isEmpty()) {
                return Optional.empty();
            }
            gap += reference.getAsDouble() - baseline.getAsDouble();
            gain += treatment.getAsDouble() - baseline.getAsDouble();
        }
        if (places.isEmpty()) {
            return Optional.empty();
        }
        return gap <= rule.matters().in(rule.measure(), List.of())
                ? Optional.of(
                        "BN has no gap to %s here".formatted(rule.reference().title()))
                : Optional.of("closes %s %% of BN's gap to %s"
                        .formatted(
                                Numbers.fixed(100 * gain / gap, 0),
                                rule.reference().title()));
    }

    private OptionalDouble mean(Rule.AverageGain rule, String network, Role role, Activation activation) {
        return evidence.values(network, role, activation, rule.measure())
                .filter(v -> !v.bySeed().isEmpty())
                .map(v -> OptionalDouble.of(Sample.of(v.bySeed().values()).mean()))
                .orElse(OptionalDouble.empty());
    }
}
