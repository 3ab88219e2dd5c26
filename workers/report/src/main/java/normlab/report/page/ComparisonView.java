package normlab.report.page;

/**
 * One comparison as the template reads it.
 *
 * @param title {@code CBN-R − BN}
 * @param note of the experiment; may be empty
 * @param reading its sentence
 */
public record ComparisonView(String title, String note, String reading, TableView table) {}
