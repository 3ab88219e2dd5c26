package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * What training makes small: mean cross-entropy with label smoothing in PyTorch's definition, (1 − ε)·cross-entropy +
 * ε·the mean of −log p over all classes. Without smoothing it is the plain cross-entropy, bit for bit.
 */
public final class Objective {
    private final boolean smooth;
    private final NDArray label;
    private final NDArray everyClass;

    /**
     * @param manager of two constants; made here once, since a constant for each step would wait for the step before
     * @param smoothing ε in [0, 1)
     */
    public Objective(NDManager manager, double smoothing) {
        this.smooth = smoothing > 0;
        this.label = manager.create((float) (1 - smoothing));
        this.everyClass = manager.create((float) smoothing);
    }

    /** Of logits (N, classes) and labels (N, 1; int64), as a scalar. */
    public NDArray loss(NDArray logits, NDArray labels) {
        if (!smooth) {
            return Kernels.crossEntropy(logits, labels);
        }
        NDArray logProbabilities = logits.logSoftmax(1);
        NDArray ofLabels = logProbabilities.gather(labels, 1).mean().mul(label);
        return ofLabels.add(logProbabilities.mean().mul(everyClass)).neg();
    }
}
