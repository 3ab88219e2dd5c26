package normlab.learning.train;

import normlab.experiment.Recipe;

/** Learning rate by step: lr·(t + 1)/W over the W warm-up steps, then lr·½(1 + cos π(t − W)/(T − W)). */
record Schedule(double peak, int warmupSteps, long steps) {
    static Schedule of(Recipe recipe, long stepsPerEpoch) {
        return new Schedule(recipe.learningRate(), recipe.warmupSteps(), stepsPerEpoch * recipe.epochs());
    }

    /** @param step from 0 */
    double rate(long step) {
        if (step < warmupSteps) {
            return peak * (step + 1) / warmupSteps;
        }
        return peak * 0.5 * (1 + StrictMath.cos(Math.PI * (step - warmupSteps) / (steps - warmupSteps)));
    }
}
