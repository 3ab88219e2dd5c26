package normlab.report.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.experiment.Activation;
import normlab.report.analysis.Measure;
import normlab.report.analysis.ProbeAverage;
import normlab.report.analysis.ProbedEffect;
import normlab.report.analysis.ProbedEffect.Scale;
import normlab.report.analysis.Quantity;
import normlab.report.claim.Pairs.Term;

/** The hypotheses that rules state about a campaign. */
final class Hypotheses {
    private final Evidence evidence;

    Hypotheses(Evidence evidence) {
        this.evidence = evidence;
    }

    /** Empty for rules that are not about differences between arms. */
    List<Hypothesis> of(Rule rule) {
        return switch (rule) {
            case Rule.Gain gain -> gains(gain);
            case Rule.AverageGain gain -> new AverageGains(evidence).of(gain);
            case Rule.NonInferiority margin -> nonInferiorities(margin);
            case Rule.Contrasts contrasts ->
                asked(contrasts)
                        ? contrasts.tests().stream()
                                .map(test -> contrast(contrasts, test))
                                .toList()
                        : List.of();
            case Rule.Ratios ratios -> ratios(ratios);
            case Rule.Interaction interaction -> interactions(interaction);
            case Rule.Signs signs -> List.of();
            case Rule.Correlation correlation -> List.of();
            case Rule.Dissociation dissociation -> List.of();
        };
    }

    private List<Hypothesis> gains(Rule.Gain rule) {
        List<Hypothesis> parts = new ArrayList<>();
        for (String network : evidence.networks()) {
            for (Activation activation : rule.activations()) {
                double matters = matters(rule.matters(), network, rule.baseline(), activation, rule.measure());
                parts.add(better(
                                name(network, activation),
                                rule.measure(),
                                difference(network, rule.measure(), rule.treatment(), rule.baseline(), activation),
                                matters)
                        .withTiesAgainst());
            }
        }
        return parts;
    }

    private static Hypothesis better(String name, Quantity quantity, Pairs pairs, double matters) {
        return quantity.higherIsBetter()
                ? Hypothesis.above(name, quantity, List.of(pairs), 0, matters)
                : Hypothesis.below(name, quantity, List.of(pairs), 0, matters);
    }

    private List<Hypothesis> nonInferiorities(Rule.NonInferiority rule) {
        List<Hypothesis> parts = new ArrayList<>();
        for (String network : evidence.networks()) {
            for (Activation activation : rule.activations()) {
                Pairs pairs = Pairs.of(
                        evidence,
                        network,
                        rule.measure(),
                        List.of(
                                new Term(1, rule.treatment(), activation),
                                new Term(-1, rule.baseline(), rule.reference())));
                parts.add(Hypothesis.above(
                        name(network, activation), rule.measure(), List.of(pairs), -rule.margin(), rule.margin()));
            }
        }
        return parts;
    }

    private Hypothesis contrast(Rule.Contrasts rule, Rule.Contrast test) {
        List<Pairs> cells =
                evidence.networks().stream().map(n -> pairs(rule, test, n)).toList();
        double matters = rule.matters().in(test.measure(), List.of());
        return test.above().isPresent()
                ? Hypothesis.above(
                        test.name(), test.measure(), cells, test.above().get(), matters)
                : Hypothesis.below(
                        test.name(), test.measure(), cells, test.below().orElseThrow(), matters);
    }

    private Pairs pairs(Rule.Contrasts rule, Rule.Contrast test, String network) {
        List<Term> terms = test.weights().entrySet().stream()
                .map(e -> new Term(e.getValue(), e.getKey(), rule.activation()))
                .toList();
        return Pairs.of(evidence, network, test.measure(), terms);
    }

    /** Whether the condition of a rule holds, if it has one. */
    boolean asked(Rule.Contrasts rule) {
        if (rule.onlyIf().isEmpty()) {
            return true;
        }
        Part condition =
                Family.judge(List.of(contrast(rule, rule.onlyIf().get()))).getFirst();
        return condition
                .interval()
                .filter(i -> condition.larger() ? i.low() > condition.claimed() : i.high() < condition.claimed())
                .isPresent();
    }

    private List<Hypothesis> ratios(Rule.Ratios rule) {
        List<Hypothesis> parts = new ArrayList<>();
        for (String network : evidence.networks()) {
            for (Activation activation : rule.activations()) {
                rule.effects().forEach(e -> parts.add(ratio(rule, network, activation, e, Scale.RAW, rule.baseline())));
            }
        }
        List<Role> all = new ArrayList<>(List.of(rule.baseline()));
        all.addAll(rule.readouts());
        for (String network : evidence.networks()) {
            for (Activation activation : rule.activations()) {
                for (Role baseline : all) {
                    for (Scale scale : Scale.values()) {
                        if (baseline != rule.baseline() || scale != Scale.RAW) {
                            rule.effects()
                                    .forEach(e -> parts.add(ratio(rule, network, activation, e, scale, baseline)
                                            .asReadout()));
                        }
                    }
                }
            }
        }
        return parts;
    }

    private Hypothesis ratio(
            Rule.Ratios rule, String network, Activation activation, ProbedEffect effect, Scale scale, Role baseline) {
        ProbeAverage average = new ProbeAverage(effect, scale);
        String name = "%s, %s, %s/%s"
                .formatted(
                        name(network, activation),
                        average.title(),
                        rule.treatment().title(),
                        baseline.title());
        Pairs pairs = difference(network, average, rule.treatment(), baseline, activation);
        return better(name, average, pairs, rule.matters().in(average, List.of()))
                .withTiesAgainst()
                .untestable(dead(network, activation, List.of(rule.treatment(), baseline)));
    }

    /** In the order activation, then its effects, then its loss AUC. */
    private List<Hypothesis> interactions(Rule.Interaction rule) {
        List<Hypothesis> parts = new ArrayList<>();
        for (String network : evidence.networks()) {
            for (Activation activation : rule.activations()) {
                List<Quantity> quantities = new ArrayList<>();
                rule.effects().forEach(e -> quantities.add(new ProbeAverage(e, Scale.RAW)));
                quantities.add(Measure.AUC);
                quantities.forEach(q -> parts.add(interaction(rule, network, activation, q)));
            }
        }
        return parts;
    }

    private Hypothesis interaction(Rule.Interaction rule, String network, Activation activation, Quantity quantity) {
        List<Term> terms = List.of(
                new Term(1, rule.treatment(), activation),
                new Term(-1, rule.baseline(), activation),
                new Term(-1, rule.treatment(), rule.reference()),
                new Term(1, rule.baseline(), rule.reference()));
        String name = "%s, %s against %s"
                .formatted(
                        name(network, activation),
                        quantity.title(),
                        rule.reference().title());
        Matters smallest = quantity.isLogarithm() ? rule.ratioMatters() : rule.matters();
        double matters = matters(smallest, network, rule.treatment(), activation, quantity);
        List<Role> both = List.of(rule.treatment(), rule.baseline());
        return Hypothesis.above(name, quantity, List.of(Pairs.of(evidence, network, quantity, terms)), 0, matters)
                .withTiesAgainst()
                .untestable(dead(network, activation, both).or(() -> dead(network, rule.reference(), both)));
    }

    /** A network that does not train has small gradients, which says nothing about its normalization. */
    private Optional<String> dead(String network, Activation activation, List<Role> roles) {
        return roles.stream()
                .filter(role -> evidence.values(network, role, activation, Measure.ACCURACY)
                        .filter(v -> !v.alive())
                        .isPresent())
                .findFirst()
                .map(role -> "%s did not train under %s".formatted(role.title(), activation.title()));
    }

    private double matters(Matters matters, String network, Role baseline, Activation activation, Quantity quantity) {
        return matters.in(
                quantity,
                evidence.values(network, baseline, activation, quantity)
                        .map(v -> v.bySeed().values())
                        .orElse(List.of()));
    }

    private Pairs difference(String network, Quantity quantity, Role treatment, Role baseline, Activation activation) {
        return Pairs.of(evidence, network, quantity, Pairs.difference(treatment, baseline, activation));
    }

    private String name(String network, Activation activation) {
        return evidence.networks().size() > 1 ? network + ", " + activation.title() : activation.title();
    }
}
