package normlab.learning.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * Scales the gradient of all parameters together down to a maximum norm, as PyTorch's {@code clip_grad_norm_} does. The
 * norm stays on the device.
 */
final class GradientClip {
    private final NDArray norm;
    private final NDArray one;

    /** Added to the norm before the division, as PyTorch does. */
    private final NDArray guard;

    /** @param norm more than 0 */
    GradientClip(NDManager manager, double norm) {
        this.norm = manager.create((float) norm);
        this.one = manager.create(1f);
        this.guard = manager.create(1e-6f);
    }

    /** Scales the gradients in place; intermediate arrays belong to their manager. */
    void apply(List<NDArray> gradients) {
        NDArray square = gradients.getFirst().square().sum();
        for (NDArray gradient : gradients.subList(1, gradients.size())) {
            square.addi(gradient.square().sum());
        }
        NDArray ratio = norm.div(square.sqrt().add(guard));
        // DJL gives it to the manager of the norm, which outlives the step.
        ratio.attach(square.getManager());
        NDArray share = ratio.minimum(one);
        gradients.forEach(g -> g.muli(share));
    }
}
