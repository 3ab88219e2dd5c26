package normlab.report.analysis;

/**
 * One statement of the paper's abstract beside what this campaign found.
 *
 * @param statement what the abstract says
 * @param claimed its figure, or its direction where it gives none
 * @param found mean and 95 % interval here
 * @param reading by fixed rules
 */
public record Claim(String statement, String claimed, String found, String reading) {}
