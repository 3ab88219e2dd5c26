package normlab.report.page;

import java.util.List;

/**
 * The results of one network, for the template.
 *
 * @param title {@code plain-8}, empty if the campaign has only one setting
 * @param ablation one row per arm; no rows if the arms fit as columns of {@code accuracy}, which is empty otherwise
 * @param rateAccuracy accuracy by peak learning rate; no rows if there is only one
 * @param rateEffects the headline difference by rate
 */
public record SettingView(
        String title,
        TableView accuracy,
        TableView ablation,
        List<Comparison> comparisons,
        TableView control,
        TableView pooled,
        TableView speed,
        TableView selection,
        TableView rateAccuracy,
        TableView rateEffects) {
    public SettingView {
        comparisons = List.copyOf(comparisons);
    }

    /**
     * One comparison of the experiment.
     *
     * @param title {@code CBN-R − BN}
     * @param note the note in the experiment; may be empty
     * @param reading its sentence
     * @param precise how much of it is left under precise statistics; empty without them
     */
    public record Comparison(String title, String note, String reading, String precise, TableView table) {}
}
