package normlab.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import normlab.experiment.Activation;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Cell;
import normlab.report.analysis.WeightInputs;
import normlab.report.claim.Findings;
import normlab.report.format.Numbers;

/** E[x²] and λmax(E xxᵀ) of each weight input at the end of training. */
final class WeightInputTable {
    /** Of a deeper network, layers at equal distances are shown. */
    private static final int MOST_LAYERS = 21;

    private WeightInputTable() {}

    /** No rows if no weight input was probed. */
    static TableView of(Findings findings) {
        List<String> head = new ArrayList<>(List.of("Activation, weight layer"));
        findings.first().arms().forEach(arm -> head.add(findings.first().title(arm)));
        List<List<CellView>> rows = new ArrayList<>();
        for (Analysis analysis : findings.decisive()) {
            for (Activation activation : analysis.activations()) {
                List<String> layers = WeightInputs.layers(analysis.trials());
                int every = Math.max(1, Math.ceilDiv(layers.size(), MOST_LAYERS));
                for (int i = 0; i < layers.size(); i += every) {
                    rows.add(row(findings, analysis, activation, layers.get(i)));
                }
            }
        }
        return new TableView("Weight inputs at the end of training: E[x²], and below it λmax of E[x xᵀ]", head, rows);
    }

    private static List<CellView> row(Findings findings, Analysis analysis, Activation activation, String layer) {
        String name = layer.replaceFirst("\\.weight$", "");
        List<CellView> row =
                new ArrayList<>(List.of(CellView.text(findings.inFront(analysis) + activation.title() + ", " + name)));
        for (String arm : findings.first().arms()) {
            Cell cell = analysis.cell(activation, arm);
            row.add(CellView.number(mean(cell, WeightInputs.SECOND_MOMENT, layer))
                    .withNote(mean(cell, WeightInputs.LARGEST_EIGENVALUE, layer)));
        }
        return row;
    }

    private static String mean(Cell cell, WeightInputs quantity, String layer) {
        OptionalDouble mean = cell.trials().stream()
                .map(t -> quantity.of(t, layer))
                .flatMapToDouble(OptionalDouble::stream)
                .average();
        return mean.isPresent() ? Numbers.fixed(mean.getAsDouble(), 3) : Numbers.ABSENT;
    }
}
