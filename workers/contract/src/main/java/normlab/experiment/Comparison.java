package normlab.experiment;

/**
 * A paired difference that the report shows for each activation: {@code treatment} minus {@code baseline}, by arm name.
 *
 * @param note what the reader must know to read the difference rightly
 */
public record Comparison(String treatment, String baseline, String note) {}
