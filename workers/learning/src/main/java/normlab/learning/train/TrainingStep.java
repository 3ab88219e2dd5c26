package normlab.learning.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.List;
import normlab.experiment.Recipe;
import normlab.learning.data.Samples;
import normlab.learning.network.Loss;
import normlab.learning.network.Mode;
import normlab.learning.network.Network;
import normlab.learning.network.Safetensors;

/** One step of training: the loss of a batch and its gradient, then the optimizer's update. */
public final class TrainingStep {
    private final Network network;
    private final Loss criterion;
    private final SgdOptimizer optimizer;

    /** @param manager of the optimizer's state, as long-lived as the network */
    public TrainingStep(NDManager manager, Network network, Recipe recipe) {
        this.network = network;
        this.criterion = new Loss(manager, recipe.labelSmoothing());
        this.optimizer = new SgdOptimizer(manager, network.parameters(), recipe);
    }

    /**
     * The outcome of a batch.
     *
     * @param loss with the recipe's label smoothing, a scalar
     * @param logits (N, classes)
     */
    public record Result(NDArray loss, NDArray logits) {}

    /** Leaves the gradient of the batch's loss in the parameters and updates the running statistics. */
    public Result differentiate(Samples.Batch batch) {
        try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            NDArray logits = network.forward(batch.images(), Mode.TRAINING);
            NDArray loss = criterion.of(logits, batch.labels());
            gradients.backward(loss);
            return new Result(loss.stopGradient(), logits.stopGradient());
        }
    }

    /**
     * Updates the parameters with their gradients, and clears them.
     *
     * @param learningRate a scalar on the device
     */
    public void update(NDManager scratch, NDArray learningRate) {
        optimizer.step(scratch, learningRate);
    }

    /** The optimizer's state; not copies. */
    List<Safetensors.Named> state() {
        return optimizer.state();
    }
}
