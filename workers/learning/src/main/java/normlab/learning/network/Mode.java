package normlab.learning.network;

/** Which statistics normalization uses. */
public enum Mode {
    /** The batch's own; they move the running ones. */
    TRAINING,
    /** The running ones. */
    EVALUATION
}
