package normlab.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.experiment.Activation;
import normlab.experiment.Comparison;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Effect;
import normlab.report.analysis.EffectTable;
import normlab.report.analysis.Measure;
import normlab.report.format.Numbers;

/** The results of many arms, each against plain BN: one row per arm, columns by activation. */
final class AblationTables {
    private final Analysis analysis;

    AblationTables(Analysis analysis) {
        this.analysis = analysis;
    }

    boolean needed() {
        return analysis.hasManyArms();
    }

    /** No rows if the arms fit as columns. */
    TableView ablation() {
        List<String> head = new ArrayList<>(List.of("Arm"));
        Optional<String> baseline = analysis.headline().map(EffectTable::baseline);
        for (Activation activation : analysis.activations()) {
            head.add(activation.title() + ", %");
            head.add(activation.title() + ", Δ vs. BN");
            head.add(activation.title() + ", Δ training loss");
        }
        List<List<CellView>> rows = new ArrayList<>();
        if (needed()) {
            analysis.arms().forEach(arm -> rows.add(row(arm, baseline)));
        }
        return new TableView("Every arm against plain BN, paired by seed", head, rows);
    }

    private List<CellView> row(String arm, Optional<String> baseline) {
        List<CellView> row = new ArrayList<>(List.of(CellView.text(analysis.title(arm))));
        Optional<EffectTable> table =
                baseline.filter(b -> !b.equals(arm)).map(b -> analysis.compare(new Comparison(arm, b, "")));
        for (Activation activation : analysis.activations()) {
            row.add(CellView.number(analysis.cell(activation, arm)
                    .sample(Measure.ACCURACY)
                    .map(s -> Numbers.sample(s, Measure.ACCURACY.digits()))
                    .orElse("no result")));
            row.add(delta(table, Measure.ACCURACY, activation));
            row.add(delta(table, Measure.TRAIN_LOSS, activation));
        }
        return row;
    }

    private static CellView delta(Optional<EffectTable> table, Measure measure, Activation activation) {
        Optional<Effect> effect = table.map(t -> t.of(measure, activation));
        return effect.map(EffectCells::effect).orElse(CellView.number("–"));
    }
}
