package normlab.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.experiment.Activation;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Effect;
import normlab.report.analysis.Measure;
import normlab.report.format.Numbers;

/** The results of one network at several peak learning rates. */
final class RateTables {
    private final Analysis best;
    private final List<Analysis> rates;

    /**
     * @param best the analysis at the best rates by validation
     * @param rates analyses of the same network, one per rate
     */
    RateTables(Analysis best, List<Analysis> rates) {
        this.best = best;
        this.rates = rates;
    }

    /** Test accuracy by rate; the rate chosen by validation is bold with *. */
    TableView accuracy() {
        List<String> head = new ArrayList<>(List.of("Activation, arm"));
        rates.forEach(r -> head.add("Peak rate " + Numbers.plain(rate(r))));
        List<List<CellView>> rows = new ArrayList<>();
        for (Activation activation : best.activations()) {
            for (String arm : best.arms()) {
                List<CellView> row =
                        new ArrayList<>(List.of(CellView.text(activation.title() + ", " + best.title(arm))));
                rates.forEach(r -> row.add(accuracy(r, activation, arm)));
                rows.add(row);
            }
        }
        return new TableView(
                "Test accuracy by peak learning rate, " + best.setting().network(), head, rows);
    }

    private CellView accuracy(Analysis at, Activation activation, String arm) {
        boolean chosen = best.cell(activation, arm).trials().stream()
                .anyMatch(t -> t.spec().recipe().learningRate() == rate(at));
        CellView view = CellView.number(at.cell(activation, arm)
                .sample(Measure.ACCURACY)
                .map(s -> Numbers.sample(s, Measure.ACCURACY.digits()) + (chosen ? " *" : ""))
                .orElse("no result"));
        int diverged = at.cell(activation, arm).diverged();
        return (diverged > 0 ? view.withNote(diverged + " diverged").warn() : view).strongIf(chosen);
    }

    /** The headline difference at the best rates and at each rate: shows whether it depends on the rate. */
    TableView effects() {
        List<String> head = new ArrayList<>(List.of("Activation", "At the best rate of each"));
        rates.forEach(r -> head.add("Both at " + Numbers.plain(rate(r))));
        List<List<CellView>> rows = new ArrayList<>();
        if (best.headline().isPresent()) {
            for (Activation activation : best.activations()) {
                List<CellView> row = new ArrayList<>(List.of(CellView.text(activation.title())));
                row.add(effect(best, activation));
                rates.forEach(r -> row.add(effect(r, activation)));
                rows.add(row);
            }
        }
        return new TableView("Accuracy difference between CBN-R and BN, by peak learning rate", head, rows);
    }

    private static CellView effect(Analysis analysis, Activation activation) {
        Optional<Effect> effect = analysis.headline().map(t -> t.of(Measure.ACCURACY, activation));
        return effect.map(EffectCells::effect).orElse(CellView.number(Numbers.ABSENT));
    }

    private static double rate(Analysis analysis) {
        return analysis.setting().learningRate().orElseThrow();
    }
}
