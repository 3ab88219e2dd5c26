package normlab.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.List;
import normlab.experiment.Recipe;
import normlab.learning.network.Kernels;
import normlab.learning.network.Parameter;
import org.junit.jupiter.api.Test;

class SgdOptimizerTest {
    /** L = w²/2 has the gradient w, so both recurrences can be written down. */
    @Test
    void stepsFollowPyTorchsRecurrenceWhileTheRateChanges() {
        Kernels.recordGradients(false);
        try (NDManager manager = NDManager.newBaseManager()) {
            Parameter decayed = new Parameter("a", manager.create(new float[] {1}), true);
            Parameter plain = new Parameter("b", manager.create(new float[] {1}), false);
            SgdOptimizer optimizer =
                    new SgdOptimizer(manager, List.of(decayed, plain), new Recipe(0.1, 0.9, 0.01, 2, 1, 0));
            double[] w = {1, 1};
            double[] v = {0, 0};
            double[] lambda = {0.01, 0};
            for (double rate : new double[] {0.1, 0.05, 0.2}) {
                try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                    NDArray loss = decayed.value()
                            .square()
                            .add(plain.value().square())
                            .sum()
                            .div(2);
                    gradients.backward(loss);
                }
                optimizer.step(manager, rate);
                for (int i = 0; i < 2; i++) {
                    v[i] = 0.9 * v[i] + w[i] + lambda[i] * w[i];
                    w[i] -= rate * v[i];
                }
                assertThat(decayed.value().getFloat()).isCloseTo((float) w[0], within(1e-6f));
                assertThat(plain.value().getFloat()).isCloseTo((float) w[1], within(1e-6f));
            }
        }
    }
}
