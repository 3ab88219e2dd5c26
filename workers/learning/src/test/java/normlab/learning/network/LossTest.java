package normlab.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class LossTest {
    private static final double[][] LOGITS = {{2, -1, 0.5}, {0, 3, -2}};
    private static final int[] LABELS = {2, 1};

    @Test
    void smoothingMixesTheLabelWithAllClassesAsPyTorchDefinesIt() {
        double expected = 0;
        for (int i = 0; i < LABELS.length; i++) {
            double[] x = LOGITS[i];
            double logSum = Math.log(Math.exp(x[0]) + Math.exp(x[1]) + Math.exp(x[2]));
            double all = (3 * logSum - x[0] - x[1] - x[2]) / 3;
            expected += 0.9 * (logSum - x[LABELS[i]]) / 2 + 0.1 * all / 2;
        }
        assertThat(loss(0.1)).isCloseTo((float) expected, within(1e-6f));
    }

    @Test
    void withoutSmoothingItIsTheCrossEntropyToTheBit() {
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThat(loss(0))
                    .isEqualTo(TorchOps.crossEntropy(logits(manager), labels(manager))
                            .getFloat());
        }
    }

    private static float loss(double smoothing) {
        try (NDManager manager = NDManager.newBaseManager()) {
            return new Loss(manager, smoothing)
                    .of(logits(manager), labels(manager))
                    .getFloat();
        }
    }

    private static NDArray logits(NDManager manager) {
        return manager.create(new float[] {2, -1, 0.5f, 0, 3, -2}, new Shape(2, 3));
    }

    private static NDArray labels(NDManager manager) {
        return manager.create(new long[] {2, 1}, new Shape(2, 1));
    }
}
