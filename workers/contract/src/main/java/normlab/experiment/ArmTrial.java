package normlab.experiment;

/**
 * A trial as an experiment asks for it, under the name of its arm.
 *
 * @param label for people, unique in its experiment: the name of its cell, then its seed, as in {@code sigmoid-cbn-s3}.
 *     Where the experiment has several networks or learning rates, the cell begins with the one and ends with the other
 */
public record ArmTrial(String arm, String label, TrialSpec spec) {
    /** What stands between the cell and the seed in a label. */
    public static final String SEED = "-s";
}
