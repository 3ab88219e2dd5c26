package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * PyTorch operations that DJL's public interface lacks or changes: its {@code batchNorm} rounds ε and the momentum to
 * float, and it cannot clear gradients, which PyTorch accumulates. Everything else goes through {@link NDArray}.
 */
public final class TorchOps {
    private TorchOps() {}

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
     * @param training whether to use batch statistics and update the running ones, instead of using the running ones
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

    /** (N, C, H, W) with channels of zeros after its own; it stays channels-last. */
    static NDArray padChannels(NDArray x, int channels) {
        long added = channels - x.getShape().get(1);
        return JniUtils.pad((PtNDArray) x, new long[] {0, 0, 0, 0, 0, added}, 0);
    }

    /** Mean cross-entropy of logits (N, classes) and labels (N, 1; int64), as a scalar. */
    public static NDArray crossEntropy(NDArray logits, NDArray labels) {
        return logits.logSoftmax(1).gather(labels, 1).mean().neg();
    }

    /** How many of the logits (N, classes) are largest at their label (N, 1), as an int64 scalar. */
    public static NDArray hits(NDArray logits, NDArray labels) {
        return logits.argMax(1)
                .eq(labels.flatten())
                .toType(DataType.INT64, false)
                .sum();
    }

    /** Turns the recording of this thread's operations for differentiation on or off. */
    public static void recordGradients(boolean on) {
        JniUtils.setGradMode(on);
    }

    /** Clears the gradient, to which PyTorch would otherwise add. */
    public static void clearGradient(NDArray parameter) {
        JniUtils.zeroGrad((PtNDArray) parameter);
    }
}
