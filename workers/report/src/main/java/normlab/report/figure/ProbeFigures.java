package normlab.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.ProbedEffect;
import normlab.report.analysis.ProbedEffect.Scale;
import normlab.report.campaign.TrialOutcome;
import normlab.trial.ProbeRow.Kind;

/** The probed effects by epoch, raw and scale-free, with a panel for each activation; empty if nothing was probed. */
final class ProbeFigures {
    private ProbeFigures() {}

    static List<Figure> of(Analysis analysis, String prefix, String suffix) {
        List<Figure> figures = new ArrayList<>();
        for (ProbedEffect effect : ProbedEffect.values()) {
            for (Scale scale : Scale.values()) {
                String quantity = "%s, %s".formatted(effect.title(), scale.words());
                List<Panel> panels = Figures.panels(
                        analysis,
                        a -> Panel.positive(
                                a.title(), effect.title(), Figures.curves(analysis, a, byEpoch(effect, scale))));
                if (panels.stream().anyMatch(p -> !p.curves().isEmpty())) {
                    figures.add(PanelFigure.figure(
                            prefix + "probe-%s-%s".formatted(effect.word(), scale.words()),
                            quantity + " by epoch" + suffix,
                            quantity + " by epoch",
                            panels));
                }
            }
        }
        return figures;
    }

    /** Only the moments that all trials share, so that each point covers all seeds. */
    private static Function<TrialOutcome, Map<Double, Double>> byEpoch(ProbedEffect effect, Scale scale) {
        return trial -> {
            Map<Double, Double> values = new TreeMap<>();
            trial.probes().stream()
                    .filter(r -> Figures.complete(trial))
                    .filter(r -> r.occasions().stream().anyMatch(o -> o.kind() != Kind.TRAINING_LOSS))
                    .forEach(r -> effect.of(r, scale).ifPresent(v -> values.put(r.epoch(), v)));
            return values;
        };
    }
}
