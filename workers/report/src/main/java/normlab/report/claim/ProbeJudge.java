package normlab.report.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import normlab.experiment.Activation;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Measure;
import normlab.report.analysis.ProbeAverage;
import normlab.report.analysis.ProbedEffect.Scale;
import normlab.report.claim.Part.Side;

/** Judges the claims about the three effects by probe rows, paired by seed. */
final class ProbeJudge {
    private static final String NO_PROBES = "The campaign ran no probes.";

    private final List<Analysis> networks;

    ProbeJudge(List<Analysis> networks) {
        this.networks = networks;
    }

    ClaimVerdict ratios(Claim claim, Rule.Ratios rule) {
        if (!probed()) {
            return ClaimVerdict.notTested(claim, NO_PROBES);
        }
        List<PairedPart> parts = new ArrayList<>();
        for (Scale scale : rule.scales()) {
            for (Analysis network : networks) {
                for (Activation activation : rule.activations()) {
                    for (Role baseline : rule.baselines()) {
                        rule.effects()
                                .forEach(effect -> parts.add(ratio(
                                        network,
                                        activation,
                                        new ProbeAverage(effect, scale),
                                        rule.treatment(),
                                        baseline)));
                    }
                }
            }
        }
        List<Part> judged = PairedPart.beyond(parts, rule.seeds(), Optional.empty());
        ClaimVerdict verdict = ClaimVerdict.of(claim, rule.threshold(), judged);
        return onlyUpToScale(rule, judged)
                ? verdict.because("It holds for raw values but not for scale-free ones.")
                : verdict;
    }

    /** The parts are in the order of the scales; each scale has the same number. */
    private static boolean onlyUpToScale(Rule.Ratios rule, List<Part> parts) {
        int each = parts.size() / rule.scales().size();
        int raw = rule.scales().indexOf(Scale.RAW) * each;
        return rule.scales().size() > 1
                && raw >= 0
                && parts.subList(raw, raw + each).stream().allMatch(p -> p.is(Side.FOR))
                && !parts.stream().allMatch(p -> p.is(Side.FOR));
    }

    ClaimVerdict degradation(Claim claim, Rule.Degradation rule) {
        if (!probed()) {
            return ClaimVerdict.notTested(claim, NO_PROBES);
        }
        List<PairedPart> parts = new ArrayList<>();
        for (Analysis network : networks) {
            for (Activation activation : rule.activations()) {
                rule.effects()
                        .forEach(effect -> parts.add(ratio(
                                network,
                                activation,
                                new ProbeAverage(effect, Scale.RAW),
                                rule.treatment(),
                                rule.baseline())));
                Pairs slower = Pairs.of(
                        network, Measure.AUC, rule.treatment(), activation, rule.treatment(), rule.reference());
                String name = "%s, loss AUC against %s"
                        .formatted(name(network, activation), rule.reference().title());
                parts.add(new PairedPart(name, Measure.AUC, slower, 0));
            }
        }
        // Tested as "smaller", which counts against this claim.
        List<Part> judged = PairedPart.beyond(parts, rule.seeds(), Optional.empty()).stream()
                .map(Part::turned)
                .toList();
        int each = rule.effects().size() + 1;
        List<Side> sides = new ArrayList<>();
        for (int i = 0; i < judged.size(); i += each) {
            sides.add(degrades(judged.subList(i, i + each - 1), judged.get(i + each - 1)));
        }
        return ClaimVerdict.of(claim, rule.threshold(), sides, judged);
    }

    private static Side degrades(List<Part> ratios, Part slower) {
        if (ratios.stream().allMatch(p -> p.is(Side.ABSENT)) || slower.is(Side.ABSENT)) {
            return Side.ABSENT;
        }
        if (ratios.stream().allMatch(p -> p.is(Side.AGAINST)) || slower.is(Side.AGAINST)) {
            return Side.AGAINST;
        }
        return slower.is(Side.FOR) && ratios.stream().anyMatch(p -> p.is(Side.FOR)) ? Side.FOR : Side.OPEN;
    }

    ClaimVerdict correlation(Claim claim, Rule.LogContext rule) {
        return probed()
                ? ClaimVerdict.of(claim, rule.threshold(), new Cells(networks).correlations(rule))
                : ClaimVerdict.notTested(claim, NO_PROBES);
    }

    ClaimVerdict dissociation(Claim claim, Rule.Dissociation rule) {
        if (!probed()) {
            return ClaimVerdict.notTested(claim, NO_PROBES);
        }
        Cells cells = new Cells(networks);
        int compared = cells.comparable(rule).size();
        List<Part> cases = cells.dissociations(rule);
        String reason = "Pairs that show it: %d among %d cells with %d seeds or more; the claim needs at least %d."
                .formatted(cases.size(), compared, rule.seeds(), rule.cases());
        Standing standing = Standing.INCONCLUSIVE;
        if (cases.size() >= rule.cases()) {
            standing = Standing.SUPPORTED;
        } else if (cases.isEmpty() && compared > 1) {
            standing = Standing.NOT_SUPPORTED;
        }
        return new ClaimVerdict(claim, standing, reason, cases);
    }

    private boolean probed() {
        return networks.stream()
                .flatMap(n -> n.trials().stream())
                .anyMatch(t -> !t.probes().isEmpty());
    }

    private PairedPart ratio(
            Analysis network, Activation activation, ProbeAverage average, Role treatment, Role baseline) {
        String name =
                "%s, %s, %s/%s".formatted(name(network, activation), average.title(), word(treatment), word(baseline));
        return new PairedPart(
                name, average, Pairs.of(network, average, treatment, activation, baseline, activation), 0);
    }

    private static String word(Role role) {
        return role == Role.NONE ? role.word() : role.word().toUpperCase(Locale.ROOT);
    }

    private String name(Analysis network, Activation activation) {
        return networks.size() > 1 ? network.setting().network() + ", " + activation.title() : activation.title();
    }
}
