package normlab.port;

/**
 * What a tracking server shows above the runs of an experiment.
 *
 * @param description Markdown
 * @param groupedBy param whose values make one curve each, mean and spread, in the prepared view
 */
public record TrackedExperiment(String name, String description, String groupedBy) {}
