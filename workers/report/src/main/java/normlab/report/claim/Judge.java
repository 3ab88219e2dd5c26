package normlab.report.claim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import normlab.experiment.Activation;
import normlab.experiment.Experiment;
import normlab.json.InvalidInputException;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Measure;
import normlab.report.claim.Part.Side;
import normlab.report.format.Numbers;

/** Judges claims by a campaign. Claims of one family share one Holm correction. */
final class Judge {
    private final List<Analysis> networks;
    private final Evidence evidence;
    private final Experiment experiment;

    /** @param networks one analysis per network, each with one peak rate for every arm and activation */
    Judge(List<Analysis> networks) {
        this.networks = List.copyOf(networks);
        this.evidence = new CampaignEvidence(networks);
        this.experiment = networks.getFirst().campaign().experiment();
    }

    /** One verdict per claim, in the order of the text. */
    List<ClaimVerdict> judge(ClaimSet claims) {
        Map<Claim, List<Part>> parts = parts(claims, evidence);
        return claims.claims().stream()
                .map(claim -> verdict(claim, parts.getOrDefault(claim, List.of())))
                .toList();
    }

    /**
     * Verdicts on the claims about averages, over the cells (network and dataset) of several campaigns. Only these claims are
     * about an average: the parts of the others are cells, which each campaign judges.
     */
    static List<ClaimVerdict> averages(List<Analysis> cells, ClaimSet claims) {
        CampaignEvidence evidence = new CampaignEvidence(cells);
        List<String> twice = new ArrayList<>(evidence.networks());
        new TreeSet<>(twice).forEach(twice::remove);
        if (!twice.isEmpty()) {
            throw new InvalidInputException(
                    "campaigns",
                    "more than one has trained %s, expected each network and dataset once"
                            .formatted(String.join(", ", twice)));
        }
        ClaimSet averages = new ClaimSet(
                claims.source(),
                claims.claims().stream()
                        .filter(c -> c.rule() instanceof Rule.AverageGain)
                        .toList());
        Map<Claim, List<Part>> parts = parts(averages, evidence);
        return averages.claims().stream()
                .map(c -> decided(c, ((Rule.Counted) c.rule()).threshold(), parts.getOrDefault(c, List.of())))
                .toList();
    }

    /** The parts of each claim about differences between arms, judged family by family. */
    static Map<Claim, List<Part>> parts(ClaimSet claims, Evidence evidence) {
        Hypotheses stated = new Hypotheses(evidence);
        Map<String, Map<Claim, List<Hypothesis>>> families = new LinkedHashMap<>();
        for (Claim claim : claims.claims()) {
            families.computeIfAbsent(claim.family(), f -> new LinkedHashMap<>()).put(claim, stated.of(claim.rule()));
        }
        Map<Claim, List<Part>> parts = new HashMap<>();
        families.values().forEach(family -> {
            List<Part> judged = new ArrayList<>(
                    Family.judge(family.values().stream().flatMap(List::stream).toList()));
            family.forEach((claim, hypotheses) -> {
                List<Part> own = judged.subList(0, hypotheses.size());
                parts.put(claim, List.copyOf(own));
                own.clear();
            });
        });
        return parts;
    }

    private ClaimVerdict verdict(Claim claim, List<Part> parts) {
        return unmeasured(claim.rule())
                .map(reason -> ClaimVerdict.notTested(claim, reason))
                .orElseGet(() -> measured(claim, parts));
    }

    /** Why the campaign cannot judge the rule at all. */
    private Optional<String> unmeasured(Rule rule) {
        boolean needsProbes = switch (rule) {
            case Rule.Ratios r -> true;
            case Rule.Interaction r -> true;
            case Rule.Correlation r -> true;
            case Rule.Dissociation r -> true;
            case Rule.Gain r -> false;
            case Rule.AverageGain r -> false;
            case Rule.NonInferiority r -> false;
            case Rule.Contrasts r -> false;
            case Rule.Signs r -> false;
        };
        boolean probed = networks.stream()
                .flatMap(n -> n.trials().stream())
                .anyMatch(t -> !t.probes().isEmpty());
        if (needsProbes && !probed) {
            return Optional.of("The campaign ran no probes.");
        }
        if (rule instanceof Rule.Signs signs
                && !signs.dataset().equals(experiment.dataset().name())) {
            return Optional.of("The claim is about %s; the campaign used %s."
                    .formatted(signs.dataset(), experiment.dataset().name()));
        }
        return rule instanceof Rule.Contrasts contrasts
                ? contrasts
                        .fewestEpochs()
                        .filter(fewest -> experiment.recipe().epochs() < fewest)
                        .map(fewest -> "The claim is about at least %s; the campaign trained for %d."
                                .formatted(
                                        Numbers.count(fewest, "epoch"),
                                        experiment.recipe().epochs()))
                : Optional.empty();
    }

    private ClaimVerdict measured(Claim claim, List<Part> parts) {
        return switch (claim.rule()) {
            case Rule.Signs r -> ClaimVerdict.of(claim, r.threshold(), signs(r));
            case Rule.Correlation r -> ClaimVerdict.of(claim, r.threshold(), new Cells(networks).correlations(r));
            case Rule.Counted r -> decided(claim, r.threshold(), parts);
            case Rule.Dissociation r -> new Cells(networks).dissociation(claim, r);
        };
    }

    /** The verdict on a claim about differences between arms. */
    static ClaimVerdict decided(Claim claim, Threshold threshold, List<Part> parts) {
        if (parts.isEmpty()) {
            return ClaimVerdict.notTested(claim, "Not asked: the reading's own gain is not shown.");
        }
        return claim.rule() instanceof Rule.Interaction rule
                ? ClaimVerdict.of(claim, threshold, sides(rule, parts), parts)
                : ClaimVerdict.of(claim, threshold, parts);
    }

    /** One side for each activation: its parts are the effects, then the loss AUC. */
    static List<Side> sides(Rule.Interaction rule, List<Part> parts) {
        int each = rule.effects().size() + 1;
        List<Side> sides = new ArrayList<>();
        for (int i = 0; i < parts.size(); i += each) {
            sides.add(side(parts.subList(i, i + each - 1), parts.get(i + each - 1)));
        }
        return sides;
    }

    private static Side side(List<Part> effects, Part speed) {
        if (speed.is(Side.NOT_TESTABLE) || speed.is(Side.ABSENT)) {
            return speed.side();
        }
        if (effects.stream().allMatch(p -> p.is(Side.AGAINST)) || speed.is(Side.AGAINST)) {
            return Side.AGAINST;
        }
        return speed.is(Side.FOR) && effects.stream().anyMatch(p -> p.is(Side.FOR)) ? Side.FOR : Side.OPEN;
    }

    private List<Part> signs(Rule.Signs rule) {
        List<Part> parts = new ArrayList<>();
        for (String network : evidence.networks()) {
            for (Measure measure : rule.measures()) {
                for (Activation activation : rule.activations()) {
                    Pairs pairs = Pairs.of(
                            evidence,
                            network,
                            measure,
                            Pairs.difference(rule.treatment(), rule.baseline(), activation));
                    String prefix = evidence.networks().size() > 1 ? network + ", " : "";
                    String name = prefix + activation.title() + ", " + measure.title();
                    parts.add(Family.sign(name, measure, pairs));
                }
            }
        }
        return parts;
    }
}
