package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * The PyTorch operations that DJL's public interface lacks or changes: its {@code batchNorm} rounds ε and the momentum
 * to float, its gradients add up and cannot be cleared. All else goes through {@link NDArray}.
 */
public final class Kernels {
    private Kernels() {}

    /** @param weight O·I/groups·kh·kw */
    static NDArray convolution(NDArray x, NDArray weight, NDArray bias, int stride, int padding, int groups) {
        return x.getNDArrayInternal()
                .convolution(
                        x,
                        weight,
                        bias,
                        new Shape(stride, stride),
                        new Shape(padding, padding),
                        new Shape(1, 1),
                        groups)
                .singletonOrThrow();
    }

    /**
     * PyTorch's batch normalization over all axes but the second.
     *
     * @param momentum weight of the new batch in the running statistics, PyTorch's convention
     * @param training batch statistics, which move the running ones; otherwise the running ones
     */
    static NDArray batchNorm(
            NDArray x,
            NDArray runningMean,
            NDArray runningVariance,
            NDArray scale,
            NDArray shift,
            boolean training,
            double momentum,
            double epsilon) {
        return JniUtils.batchNorm(
                (PtNDArray) x,
                (PtNDArray) runningMean,
                (PtNDArray) runningVariance,
                (PtNDArray) scale,
                (PtNDArray) shift,
                training,
                momentum,
                epsilon);
    }

    /** Every nth row and column of (N, C, H, W). */
    static NDArray everyNth(NDArray x, int n) {
        return x.getNDArrayInternal().avgPool(new Shape(1, 1), new Shape(n, n), new Shape(0, 0), false, true);
    }

    /** Mean cross-entropy of logits (N, classes) and labels (N, 1; int64), as a scalar. */
    public static NDArray crossEntropy(NDArray logits, NDArray labels) {
        return logits.logSoftmax(1).gather(labels, 1).mean().neg();
    }

    /** How many labels (N, 1) the logits (N, classes) hit, as an int64 scalar. */
    public static NDArray hits(NDArray logits, NDArray labels) {
        return logits.argMax(1)
                .eq(labels.flatten())
                .toType(DataType.INT64, false)
                .sum();
    }

    /** Whether operations of this thread are recorded for differentiation. */
    public static void recordGradients(boolean on) {
        JniUtils.setGradMode(on);
    }

    /** Clears the gradient, which PyTorch otherwise adds to. */
    public static void clearGradient(NDArray parameter) {
        JniUtils.zeroGrad((PtNDArray) parameter);
    }
}
