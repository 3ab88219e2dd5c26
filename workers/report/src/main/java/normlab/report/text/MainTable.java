package normlab.report.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.experiment.Activation;
import normlab.experiment.Comparison;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Cell;
import normlab.report.analysis.Effect;
import normlab.report.analysis.EffectTable;
import normlab.report.analysis.Measure;
import normlab.report.format.Numbers;

/**
 * The main table as plain text: one row per activation, one column per arm, then the headline difference. With many
 * arms, one row per arm.
 */
final class MainTable {
    private final Analysis analysis;

    MainTable(Analysis analysis) {
        this.analysis = analysis;
    }

    List<String> head() {
        return analysis.hasManyArms() ? headByArm() : headByActivation();
    }

    List<List<String>> rows() {
        Optional<EffectTable> headline = analysis.headline();
        return analysis.hasManyArms()
                ? analysis.arms().stream().map(arm -> rowOfArm(arm, headline)).toList()
                : analysis.activations().stream().map(a -> row(a, headline)).toList();
    }

    private List<String> headByActivation() {
        List<String> head = new ArrayList<>(List.of("Activation"));
        analysis.arms().forEach(arm -> head.add(analysis.title(arm)));
        analysis.headline().ifPresent(t -> {
            head.add("Δ accuracy, %s − %s".formatted(analysis.title(t.treatment()), analysis.title(t.baseline())));
            head.add("Δ training loss");
            head.add("Accuracy verdict");
        });
        return head;
    }

    private List<String> headByArm() {
        List<String> head = new ArrayList<>(List.of("Arm"));
        for (Activation activation : analysis.activations()) {
            head.add(activation.title());
            head.add("Δ vs. BN, points");
        }
        return head;
    }

    private List<String> rowOfArm(String arm, Optional<EffectTable> headline) {
        List<String> row = new ArrayList<>(List.of(analysis.title(arm)));
        Optional<EffectTable> table = headline.map(EffectTable::baseline)
                .filter(baseline -> !baseline.equals(arm))
                .map(baseline -> analysis.compare(new Comparison(arm, baseline, "")));
        for (Activation activation : analysis.activations()) {
            row.add(cell(analysis.cell(activation, arm)));
            row.add(table.map(t -> effect(t.of(Measure.ACCURACY, activation))).orElse("–"));
        }
        return row;
    }

    private List<String> row(Activation activation, Optional<EffectTable> headline) {
        List<String> row = new ArrayList<>(List.of(activation.title()));
        analysis.arms().forEach(arm -> row.add(cell(analysis.cell(activation, arm))));
        headline.ifPresent(table -> {
            Effect accuracy = table.of(Measure.ACCURACY, activation);
            row.add(effect(accuracy));
            row.add(effect(table.of(Measure.TRAIN_LOSS, activation)));
            row.add(accuracy.verdict().words());
        });
        return row;
    }

    private static String cell(Cell cell) {
        String text = cell.sample(Measure.ACCURACY)
                .map(s -> Numbers.sample(s, Measure.ACCURACY.digits()))
                .orElse("no result");
        return cell.diverged() == 0 ? text : "%s, %d diverged".formatted(text, cell.diverged());
    }

    /** The effect, with a star if it survives Holm's correction. */
    static String effect(Effect effect) {
        int digits = effect.measure().digits();
        return effect.difference()
                .map(d -> Numbers.signed(d.mean(), digits)
                        + d.interval()
                                .map(i -> " " + Numbers.interval(i, digits))
                                .orElse("")
                        + (effect.verdict().significant() ? " *" : ""))
                .orElse(Numbers.ABSENT);
    }
}
