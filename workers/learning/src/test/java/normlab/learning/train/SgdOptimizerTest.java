package normlab.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Optional;
import normlab.experiment.Precision;
import normlab.experiment.Recipe;
import normlab.experiment.Schedule;
import normlab.learning.network.Network.Parameter;
import normlab.learning.network.TorchOps;
import org.junit.jupiter.api.Test;

class SgdOptimizerTest {
    private static final double[] RATES = {0.1, 0.05, 0.2};

    @Test
    void stepsFollowPyTorchsRecurrenceWhileTheRateChanges() {
        double[] w = {1, 2};
        double[] v = {0, 0};
        double[] lambda = {0.01, 0};
        for (double rate : RATES) {
            for (int i = 0; i < 2; i++) {
                v[i] = 0.9 * v[i] + w[i] + lambda[i] * w[i];
                w[i] -= rate * v[i];
            }
        }
        assertThat(trained(new Recipe(0.1, 0.9, 0.01, 2, 1, 0))).containsExactly(floats(w), within(1e-6f));
    }

    @Test
    void nesterovLooksAheadByTheMomentumInPyTorchsForm() {
        double[] w = {1, 2};
        double[] v = {0, 0};
        double[] lambda = {0.01, 0};
        for (double rate : RATES) {
            for (int i = 0; i < 2; i++) {
                double g = w[i] + lambda[i] * w[i];
                v[i] = 0.9 * v[i] + g;
                w[i] -= rate * (g + 0.9 * v[i]);
            }
        }
        assertThat(trained(recipe(true, false, Optional.empty()))).containsExactly(floats(w), within(1e-6f));
    }

    @Test
    void biasesAndNormalizationDecayOnlyWhereTheRecipeSaysSo() {
        float[] weightsOnly = trained(recipe(false, false, Optional.empty()));
        float[] all = trained(recipe(false, true, Optional.empty()));
        assertThat(all[0]).isEqualTo(weightsOnly[0]);
        assertThat(all[1]).isLessThan(weightsOnly[1]);
    }

    @Test
    void aLongGradientIsScaledDownToItsNormOverAllParametersAndAShortOneIsLeft() {
        double[] w = {1, 2};
        double[] v = {0, 0};
        double[] lambda = {0.01, 0};
        for (double rate : RATES) {
            double norm = Math.sqrt(w[0] * w[0] + w[1] * w[1]);
            double share = Math.min(1, 1.5 / (norm + 1e-6));
            for (int i = 0; i < 2; i++) {
                v[i] = 0.9 * v[i] + share * w[i] + lambda[i] * w[i];
                w[i] -= rate * v[i];
            }
        }
        assertThat(trained(recipe(false, false, Optional.of(1.5)))).containsExactly(floats(w), within(1e-6f));
        assertThat(trained(recipe(false, false, Optional.of(1e3))))
                .isEqualTo(trained(recipe(false, false, Optional.empty())));
    }

    private static Recipe recipe(boolean nesterov, boolean decayAll, Optional<Double> clip) {
        return new Recipe(
                0.1,
                0.9,
                nesterov,
                0.01,
                decayAll,
                2,
                1,
                0,
                new Schedule.Cosine(),
                0,
                clip,
                Optional.empty(),
                Precision.FLOAT32);
    }

    /** Three steps on L = (a² + b²)/2, whose gradient is (a, b): a is a weight, b a bias. */
    private static float[] trained(Recipe recipe) {
        TorchOps.recordGradients(false);
        try (NDManager manager = NDManager.newBaseManager()) {
            Parameter a = new Parameter("a", manager.create(new float[] {1}), true);
            Parameter b = new Parameter("b", manager.create(new float[] {2}), false);
            SgdOptimizer optimizer = new SgdOptimizer(manager, List.of(a, b), recipe);
            for (double rate : RATES) {
                try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                    NDArray squares = a.value().square().add(b.value().square());
                    gradients.backward(squares.sum().div(2));
                }
                optimizer.step(manager, manager.create((float) rate));
            }
            return new float[] {a.value().getFloat(), b.value().getFloat()};
        }
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
