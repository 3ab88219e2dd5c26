package normlab.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.experiment.Activation;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Cell;
import normlab.report.analysis.Effect;
import normlab.report.analysis.EffectTable;
import normlab.report.analysis.Measure;
import normlab.report.analysis.Reading;
import normlab.report.format.Numbers;

/** Accuracy, differences and control. */
final class ResultTables {
    private final Analysis analysis;

    ResultTables(Analysis analysis) {
        this.analysis = analysis;
    }

    /** Activation × arm, then the verdict of the headline comparison on accuracy. */
    TableView accuracy() {
        Optional<EffectTable> headline = analysis.headline();
        List<String> head = new ArrayList<>(List.of("Activation"));
        analysis.arms().forEach(arm -> head.add(analysis.title(arm)));
        headline.ifPresent(table -> head.add(title(table)));
        headline.ifPresent(table -> head.add("Accuracy verdict"));
        List<List<CellView>> rows = new ArrayList<>();
        for (Activation activation : analysis.activations()) {
            List<CellView> row = new ArrayList<>(List.of(CellView.text(activation.title())));
            analysis.arms().forEach(arm -> row.add(accuracy(analysis.cell(activation, arm))));
            headline.map(table -> table.of(Measure.ACCURACY, activation)).ifPresent(effect -> {
                row.add(EffectCells.effect(effect));
                row.add(EffectCells.verdict(effect.verdict()));
            });
            rows.add(row);
        }
        return new TableView("Test accuracy by activation and arm", head, rows);
    }

    List<SettingView.Comparison> comparisons() {
        Reading reading = new Reading(analysis);
        return analysis.comparisons().stream()
                .map(t -> new SettingView.Comparison(
                        title(t),
                        t.note(),
                        reading.accuracy(t),
                        reading.precise(t).orElse(""),
                        comparison(t)))
                .toList();
    }

    /** The headline's accuracy differences next to those of its controls; no rows without controls. */
    TableView control() {
        List<EffectTable> tables = new ArrayList<>(analysis.headline().stream().toList());
        tables.addAll(analysis.controlComparisons());
        List<String> head = new ArrayList<>(List.of("Activation"));
        tables.forEach(table -> head.add(title(table)));
        List<List<CellView>> rows = new ArrayList<>();
        if (tables.size() > 1) {
            for (Activation activation : analysis.activations()) {
                List<CellView> row = new ArrayList<>(List.of(CellView.text(activation.title())));
                tables.forEach(table -> row.add(EffectCells.effect(table.of(Measure.ACCURACY, activation))));
                rows.add(row);
            }
        }
        return new TableView("Accuracy differences and the control", head, rows);
    }

    private TableView comparison(EffectTable table) {
        boolean precise = table.has(Measure.PRECISE_ACCURACY);
        List<String> head =
                new ArrayList<>(List.of("Activation", "Δ test accuracy, points", "p", "Holm p", "Accuracy verdict"));
        if (precise) {
            head.add("Δ with precise statistics, points");
        }
        head.addAll(List.of("Δ training loss", "Δ loss AUC"));
        List<List<CellView>> rows =
                analysis.activations().stream().map(a -> comparison(table, a)).toList();
        return new TableView("Paired differences, " + title(table), head, rows);
    }

    private static List<CellView> comparison(EffectTable table, Activation activation) {
        Effect accuracy = table.of(Measure.ACCURACY, activation);
        Effect loss = table.of(Measure.TRAIN_LOSS, activation);
        Effect auc = table.of(Measure.AUC, activation);
        List<CellView> row = new ArrayList<>(List.of(
                CellView.text(activation.title()),
                EffectCells.effect(accuracy),
                EffectCells.p(accuracy),
                EffectCells.holm(accuracy),
                EffectCells.verdict(accuracy.verdict())));
        if (table.has(Measure.PRECISE_ACCURACY)) {
            row.add(EffectCells.effectAndHolm(table.of(Measure.PRECISE_ACCURACY, activation)));
        }
        row.addAll(List.of(EffectCells.effectAndHolm(loss), EffectCells.effectAndHolm(auc)));
        return row;
    }

    private CellView accuracy(Cell cell) {
        CellView view = cell.sample(Measure.ACCURACY)
                .map(s -> CellView.number(Numbers.fixed(s.mean(), 2)
                                + s.sd().stream()
                                        .mapToObj(sd -> " ± " + Numbers.fixed(sd, 2))
                                        .findFirst()
                                        .orElse(""))
                        .withNote("n = " + s.n() + troubles(cell)))
                .orElse(CellView.number("no result").withNote(troubles(cell).replaceFirst("^, ", "")));
        return cell.diverged() + cell.failed() > 0 ? view.warn() : view;
    }

    private static String troubles(Cell cell) {
        String diverged = cell.diverged() > 0 ? ", " + cell.diverged() + " diverged" : "";
        return diverged + (cell.failed() > 0 ? ", " + cell.failed() + " failed" : "");
    }

    private String title(EffectTable table) {
        return "%s − %s".formatted(analysis.title(table.treatment()), analysis.title(table.baseline()));
    }
}
