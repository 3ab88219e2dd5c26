package normlab.learning.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.experiment.Recipe;
import normlab.learning.network.Network.Parameter;
import normlab.learning.network.Safetensors;
import normlab.learning.network.TorchOps;

/**
 * SGD with momentum in PyTorch's form: g ← g + λ·w, v ← m·v + g, w ← w − lr·v; with Nesterov, w ← w − lr·(g + m·v). DJL's
 * own optimizer multiplies the learning rate into v, which differs as soon as the rate changes, and does not expose v,
 * which rules out an exact resume. Nothing is read back from the device.
 */
final class SgdOptimizer {
    private final List<Parameter> parameters;
    private final List<NDArray> velocities = new ArrayList<>();
    private final NDArray momentum;
    private final NDArray weightDecay;
    private final boolean nesterov;
    private final boolean decayAll;
    private final Optional<GradientClip> clip;

    SgdOptimizer(NDManager manager, List<Parameter> parameters, Recipe recipe) {
        this.parameters = parameters;
        for (Parameter parameter : parameters) {
            parameter.value().setRequiresGradient(true);
            velocities.add(parameter.value().zerosLike());
        }
        momentum = manager.create((float) recipe.momentum());
        weightDecay = manager.create((float) recipe.weightDecay());
        nesterov = recipe.nesterov();
        decayAll = recipe.decayNormAndBias();
        clip = recipe.gradientClip().map(norm -> new GradientClip(manager, norm));
    }

    /**
     * Takes one step with the parameters' gradients, and clears them.
     *
     * @param learningRate a scalar on the device
     */
    void step(NDManager scratch, NDArray learningRate) {
        List<NDArray> gradients = new ArrayList<>();
        for (Parameter parameter : parameters) {
            NDArray gradient = parameter.value().getGradient();
            gradient.attach(scratch);
            gradients.add(gradient);
        }
        clip.ifPresent(c -> c.apply(gradients));
        for (int i = 0; i < parameters.size(); i++) {
            move(parameters.get(i), velocities.get(i), gradients.get(i), learningRate);
            TorchOps.clearGradient(parameters.get(i).value());
        }
    }

    private void move(Parameter parameter, NDArray velocity, NDArray gradient, NDArray learningRate) {
        NDArray weight = parameter.value();
        velocity.muli(momentum).addi(gradient);
        if (decayAll || parameter.decayed()) {
            try (NDArray decay = weight.mul(weightDecay)) {
                velocity.addi(decay);
                if (nesterov) {
                    gradient.addi(decay);
                }
            }
        }
        if (nesterov) {
            try (NDArray ahead = velocity.mul(momentum)) {
                gradient.addi(ahead).muli(learningRate);
            }
            weight.subi(gradient);
        } else {
            try (NDArray change = velocity.mul(learningRate)) {
                weight.subi(change);
            }
        }
    }

    /** v of each parameter, as {@code velocity.<name>}; not copies. */
    List<Safetensors.Named> state() {
        List<Safetensors.Named> state = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            state.add(new Safetensors.Named(velocityOf(i), velocities.get(i)));
        }
        return state;
    }

    private String velocityOf(int i) {
        return "velocity." + parameters.get(i).name();
    }
}
