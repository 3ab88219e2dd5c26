package normlab.learning.network;

/** Which statistics the normalisers use. */
public enum Mode {
    /** Those of the batch, which also update the running ones. */
    TRAINING,
    /** The running ones. */
    EVALUATION
}
