package normlab.experiment;

/**
 * A trial as an experiment asks for it: under the name of the arm that it belongs to.
 *
 * @param label for people, unique in its experiment: {@code sigmoid-cbn-s3}, with the network in front and the
 *     learning rate behind where the experiment has several
 */
public record ArmTrial(String arm, String label, TrialSpec spec) {}
