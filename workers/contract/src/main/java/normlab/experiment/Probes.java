package normlab.experiment;

import static normlab.json.Checks.check;

import java.util.List;
import java.util.Optional;
import normlab.json.Range;
import normlab.json.Ranges;

/**
 * What is measured of the loss surface during training, and when. A probe looks at a copy of the network and changes
 * nothing of the training; it is part of the trial's identity all the same, since a trial that was trained without
 * probes has no rows to serve.
 *
 * @param fractions of the optimizer steps: 0 before the first step, 1 after the last
 * @param trainingLosses levels of the training loss; each is probed once, when the loss first reaches it
 * @param beforeRateDrops whether to probe just before the learning rate falls to half or less after standing still
 * @param gradient absent: not measured, as with the others
 * @param layerCurvature curvature within each weight array alone: as many times the cost of {@code curvature} as there
 *     are arrays
 */
public record Probes(
        @Range(atLeast = 0, atMost = 1) List<Double> fractions,
        @Range(above = 0) List<Double> trainingLosses,
        boolean beforeRateDrops,
        Optional<Gradient> gradient,
        Optional<Smoothness> smoothness,
        Optional<Curvature> curvature,
        Optional<Curvature> layerCurvature,
        Optional<Layers> layers) {
    public Probes {
        Ranges.check(Probes.class, fractions, trainingLosses);
        check(
                beforeRateDrops || !fractions.isEmpty() || !trainingLosses.isEmpty(),
                "fractions, trainingLosses and beforeRateDrops name no moment to probe at; remove probes to measure nothing");
        fractions = List.copyOf(fractions);
        trainingLosses = List.copyOf(trainingLosses);
    }

    /**
     * Moments of the stochastic gradient: E‖g‖², tr Var g and ‖E g‖².
     *
     * @param batches of the recipe's size, drawn without replacement, the same at each moment and in each arm
     */
    public record Gradient(
            @Range(atLeast = 2, reason = "a variance needs two")
            int batches) {
        public Gradient {
            Ranges.check(Gradient.class, batches);
        }
    }

    /**
     * How far the gradient changes along itself, ‖g(w − ηg) − g(w)‖/(η‖g‖), after Santurkar et al. 2018.
     *
     * @param images over which loss and gradient are averaged, in batches of the recipe's size
     * @param steps the grid of η, the same for all arms
     * @param relativeStep ‖ηg‖/‖w‖ of one further step, which does not depend on the learning rate
     */
    public record Smoothness(
            @Range(atLeast = 1) int images,
            @Range(above = 0) List<Double> steps,
            @Range(above = 0) double relativeStep) {
        public Smoothness {
            Ranges.check(Smoothness.class, images, steps, relativeStep);
            check(!steps.isEmpty(), "steps is empty, expected at least one");
            steps = List.copyOf(steps);
        }
    }

    /**
     * The eigenvalue of the Hessian that is largest in magnitude, by power iteration on differences of gradients, by
     * Lanczos where that does not converge.
     *
     * @param images over which the gradient is averaged, in batches of the recipe's size
     * @param iterations of the power iteration at most, and then of Lanczos
     * @param relativeStep ‖εv‖/‖w‖ of the differences
     * @param tolerance largest ‖Hv − λv‖/|λ| that counts as converged, and largest relative change of λ at ε/4
     */
    public record Curvature(
            @Range(atLeast = 1) int images,
            @Range(atLeast = 2) int iterations,
            @Range(above = 0) double relativeStep,
            @Range(above = 0, below = 1) double tolerance) {
        public Curvature {
            Ranges.check(Curvature.class, images, iterations, relativeStep, tolerance);
        }
    }

    /**
     * Weight norms, moments of weight inputs and pre-activations, saturation, running statistics.
     *
     * @param images over which they are averaged, in batches of the recipe's size
     */
    public record Layers(@Range(atLeast = 1) int images) {
        public Layers {
            Ranges.check(Layers.class, images);
        }
    }
}
