package normlab.report.page;

import java.util.ArrayList;
import java.util.List;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Cell;
import normlab.report.analysis.EffectTable;
import normlab.report.analysis.EpochSelection;
import normlab.report.analysis.Measure;
import normlab.report.analysis.Pooled;
import normlab.report.format.Numbers;
import normlab.report.stats.Sample;

/** Statistics over all activations together, and what the choice of the epoch adds. */
final class PooledTables {
    private final Analysis analysis;

    PooledTables(Analysis analysis) {
        this.analysis = analysis;
    }

    /** Interquartile means by arm, then the chance that the treatment of each comparison wins; no rows if there is neither. */
    TableView pooled() {
        Pooled pooled = new Pooled(analysis);
        List<List<CellView>> rows = new ArrayList<>();
        for (String arm : analysis.arms()) {
            pooled.interquartileMean(arm)
                    .ifPresent(e ->
                            rows.add(row("Interquartile mean of test accuracy, " + analysis.title(arm), e, 2, " %")));
        }
        for (EffectTable table : analysis.comparisons()) {
            pooled.probabilityOfImprovement(table.treatment(), table.baseline())
                    .ifPresent(e -> rows.add(row(
                            "P(%s > %s)".formatted(analysis.title(table.treatment()), analysis.title(table.baseline())),
                            e,
                            2,
                            "")));
        }
        return new TableView(
                "All activations together",
                List.of("Quantity", "Estimate", "95 % interval, stratified bootstrap"),
                rows);
    }

    private static List<CellView> row(String name, Pooled.Estimate estimate, int digits, String unit) {
        return List.of(
                CellView.text(name),
                CellView.number(Numbers.fixed(estimate.value(), digits) + unit),
                CellView.number("[%s, %s]"
                        .formatted(
                                Numbers.fixed(estimate.interval().low(), digits),
                                Numbers.fixed(estimate.interval().high(), digits))));
    }

    /** The same trials at the last epoch, at the best one on validation images, and at the best one on the test set. */
    TableView selection() {
        List<List<CellView>> rows = new ArrayList<>();
        analysis.activations()
                .forEach(activation -> analysis.arms().forEach(arm -> {
                    Cell cell = analysis.cell(activation, arm);
                    EpochSelection.of(cell).ifPresent(s -> {
                        double optimism = s.bestOnTest().mean() - s.last().mean();
                        rows.add(List.of(
                                CellView.text(activation.title() + ", " + analysis.title(arm)),
                                accuracy(s.last()).strongIf(true),
                                accuracy(s.byValidation()),
                                accuracy(s.bestOnTest()),
                                CellView.number(Numbers.signed(optimism, Measure.ACCURACY.digits()))));
                    });
                }));
        return new TableView(
                "Test accuracy in percent by how the epoch is chosen, mean ± SD (seeds)",
                List.of(
                        "Activation, arm",
                        "Last epoch: the result",
                        "Best by validation",
                        "Best on the test set: not a result",
                        "Optimism, points"),
                rows);
    }

    private static CellView accuracy(Sample sample) {
        return CellView.number(Numbers.sample(sample, Measure.ACCURACY.digits()));
    }
}
