package normlab.report.claim;

import java.util.ArrayList;
import java.util.List;
import normlab.experiment.Activation;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Measure;

/** Judges claims by a campaign, network by network, using the rule of each claim. */
final class Judge {
    private final List<Analysis> networks;
    private final String dataset;

    /** @param networks one analysis per network, each with one peak rate for every arm and activation */
    Judge(List<Analysis> networks) {
        this.networks = List.copyOf(networks);
        this.dataset = networks.getFirst().campaign().experiment().dataset().name();
    }

    /** One verdict per claim, in the order of the text. */
    List<ClaimVerdict> judge(ClaimSet claims) {
        return claims.claims().stream().map(this::judge).toList();
    }

    private ClaimVerdict judge(Claim claim) {
        return switch (claim.rule()) {
            case Rule.Difference rule -> ClaimVerdict.of(claim, rule.threshold(), differences(rule));
            case Rule.Equivalence rule -> ClaimVerdict.of(claim, rule.threshold(), equivalences(rule));
            case Rule.Signs rule ->
                rule.dataset().equals(dataset)
                        ? ClaimVerdict.of(claim, rule.threshold(), signs(rule))
                        : ClaimVerdict.notTested(
                                claim,
                                "The claim is about %s; the campaign used %s.".formatted(rule.dataset(), dataset));
            case Rule.Ratios rule -> new ProbeJudge(networks).ratios(claim, rule);
            case Rule.Degradation rule -> new ProbeJudge(networks).degradation(claim, rule);
            case Rule.LogContext rule -> new ProbeJudge(networks).correlation(claim, rule);
            case Rule.Dissociation rule -> new ProbeJudge(networks).dissociation(claim, rule);
        };
    }

    private List<Part> differences(Rule.Difference rule) {
        List<PairedPart> parts = new ArrayList<>();
        for (Analysis network : networks) {
            rule.beyond().forEach((activation, beyond) -> {
                Pairs pairs =
                        Pairs.of(network, rule.measure(), rule.treatment(), activation, rule.baseline(), activation);
                double claimed = rule.measure().higherIsBetter() ? beyond : -beyond;
                parts.add(new PairedPart(name(network, activation), rule.measure(), pairs, claimed));
            });
        }
        return PairedPart.beyond(parts, rule.seeds(), rule.tie());
    }

    private List<Part> equivalences(Rule.Equivalence rule) {
        List<PairedPart> parts = new ArrayList<>();
        for (Analysis network : networks) {
            for (Activation activation : rule.activations()) {
                Pairs pairs = Pairs.of(
                        network, rule.measure(), rule.treatment(), activation, rule.baseline(), rule.reference());
                parts.add(new PairedPart(name(network, activation), rule.measure(), pairs, 0));
            }
        }
        return PairedPart.level(parts, rule.seeds(), rule.margin());
    }

    private List<Part> signs(Rule.Signs rule) {
        List<Part> parts = new ArrayList<>();
        for (Analysis network : networks) {
            for (Measure measure : rule.measures()) {
                for (Activation activation : rule.activations()) {
                    Pairs pairs = Pairs.of(network, measure, rule.treatment(), activation, rule.baseline(), activation);
                    String name = name(network, activation) + ", " + measure.title();
                    parts.add(new PairedPart(name, measure, pairs, 0).sign());
                }
            }
        }
        return parts;
    }

    private String name(Analysis network, Activation activation) {
        return networks.size() > 1 ? network.setting().network() + ", " + activation.title() : activation.title();
    }
}
