package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Mean cross-entropy with label smoothing ε as PyTorch defines it: (1 − ε)·cross-entropy + ε·mean of −log p over all
 * classes. With ε = 0 it equals the plain cross-entropy bit for bit.
 */
public final class Loss {
    private final boolean smooth;
    private final NDArray label;
    private final NDArray everyClass;

    /**
     * @param manager of two constants, made once: a constant made in each step would wait for the step before
     * @param smoothing ε in [0, 1)
     */
    public Loss(NDManager manager, double smoothing) {
        this.smooth = smoothing > 0;
        this.label = manager.create((float) (1 - smoothing));
        this.everyClass = manager.create((float) smoothing);
    }

    /**
     * @param logits (N, classes)
     * @param labels (N, 1), int64
     * @return a scalar
     */
    public NDArray of(NDArray logits, NDArray labels) {
        if (!smooth) {
            return TorchOps.crossEntropy(logits, labels);
        }
        NDArray logProbabilities = logits.logSoftmax(1);
        NDArray ofLabels = logProbabilities.gather(labels, 1).mean().mul(label);
        return ofLabels.add(logProbabilities.mean().mul(everyClass)).neg();
    }
}
