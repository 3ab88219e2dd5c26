package normlab.learning.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import normlab.experiment.Recipe;
import normlab.learning.network.Kernels;
import normlab.learning.network.Parameter;
import normlab.learning.network.Tensors;

/**
 * SGD with momentum in PyTorch's form: v ← m·v + g + λ·w, w ← w − lr·v. DJL's own folds the learning rate into v, which
 * differs as soon as the rate changes, and keeps v to itself, which rules out exact resume.
 */
final class SgdOptimizer {
    private final List<Parameter> parameters;
    private final List<NDArray> velocities = new ArrayList<>();
    private final NDArray momentum;
    private final NDArray weightDecay;

    SgdOptimizer(NDManager manager, List<Parameter> parameters, Recipe recipe) {
        this.parameters = parameters;
        for (Parameter parameter : parameters) {
            parameter.value().setRequiresGradient(true);
            velocities.add(parameter.value().zerosLike());
        }
        momentum = manager.create((float) recipe.momentum());
        weightDecay = manager.create((float) recipe.weightDecay());
    }

    /** One step with the gradients that the parameters hold; clears them. */
    void step(NDManager scratch, double learningRate) {
        NDArray rate = scratch.create((float) learningRate);
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            NDArray weight = parameter.value();
            NDArray velocity = velocities.get(i).muli(momentum);
            try (NDArray gradient = weight.getGradient()) {
                velocity.addi(gradient);
            }
            if (parameter.decayed()) {
                try (NDArray decay = weight.mul(weightDecay)) {
                    velocity.addi(decay);
                }
            }
            try (NDArray move = velocity.mul(rate)) {
                weight.subi(move);
            }
            Kernels.clearGradient(weight);
        }
    }

    /** v of each parameter, as {@code velocity.<name>}; the arrays themselves. */
    List<Tensors.Named> state() {
        List<Tensors.Named> state = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            state.add(new Tensors.Named(velocityOf(i), velocities.get(i)));
        }
        return state;
    }

    private String velocityOf(int i) {
        return "velocity." + parameters.get(i).name();
    }
}
