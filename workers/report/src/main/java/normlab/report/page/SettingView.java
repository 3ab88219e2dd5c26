package normlab.report.page;

import java.util.List;

/**
 * The results of one network, as the template reads them.
 *
 * @param title {@code plain-8}, empty where the campaign has one setting only
 * @param ablation every arm in a row; no rows where the arms fit as columns of {@code accuracy}, which is empty otherwise
 * @param rateAccuracy by peak learning rate; no rows where there is one
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
     * @param note of the experiment; may be empty
     * @param reading its sentence
     */
    public record Comparison(String title, String note, String reading, TableView table) {}
}
