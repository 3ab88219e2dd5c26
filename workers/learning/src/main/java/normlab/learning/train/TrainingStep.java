package normlab.learning.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.List;
import normlab.experiment.Recipe;
import normlab.learning.data.Images;
import normlab.learning.network.Kernels;
import normlab.learning.network.Mode;
import normlab.learning.network.Network;
import normlab.learning.network.Tensors;

/** What happens to a network at one batch: the loss and its gradient, then the optimizer's update. */
public final class TrainingStep {
    private final Network network;
    private final SgdOptimizer optimizer;

    /** @param manager of the optimizer's state, as long-lived as the network */
    public TrainingStep(NDManager manager, Network network, Recipe recipe) {
        this.network = network;
        this.optimizer = new SgdOptimizer(manager, network.parameters(), recipe);
    }

    /**
     * What a batch gave.
     *
     * @param loss mean cross-entropy, a scalar
     * @param logits (N, classes)
     */
    public record Result(NDArray loss, NDArray logits) {}

    /** Leaves the gradient of the batch's loss in the parameters and moves the running statistics. */
    public Result differentiate(Images.Batch batch) {
        try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            NDArray logits = network.forward(batch.images(), Mode.TRAINING);
            NDArray loss = Kernels.crossEntropy(logits, batch.labels());
            gradients.backward(loss);
            return new Result(loss.stopGradient(), logits.stopGradient());
        }
    }

    /** Moves the parameters by the gradient that they hold, and clears it. */
    public void update(NDManager scratch, double learningRate) {
        optimizer.step(scratch, learningRate);
    }

    /** The optimizer's state; the arrays themselves. */
    List<Tensors.Named> state() {
        return optimizer.state();
    }
}
