package normlab.learning.network;

/** Which statistics the normalisers use, and in what precision the layers compute. */
public enum Mode {
    /** Those of the batch, which also update the running ones; in the recipe's precision. */
    TRAINING,
    /** The running ones; in the precision of the parameters. */
    EVALUATION
}
