package normlab.learning.train;

import normlab.experiment.Recipe;
import normlab.experiment.Schedule;

/**
 * The learning rate of each step: lr·(t + 1)/W in the W warm-up steps, then the recipe's schedule: lr·½(1 + cos π(t −
 * W)/(T − W)), or lr·factor^n after n of its epochs.
 */
record LearningRateSchedule(Recipe recipe, long stepsPerEpoch) {
    /** How many steps the recipe has. */
    long steps() {
        return stepsPerEpoch * recipe.epochs();
    }

    /** @param step from 0 */
    double at(long step) {
        double peak = recipe.learningRate();
        int warmup = recipe.warmupSteps();
        if (step < warmup) {
            return peak * (step + 1) / warmup;
        }
        return switch (recipe.schedule()) {
            case Schedule.Cosine ignored ->
                peak * 0.5 * (1 + StrictMath.cos(Math.PI * (step - warmup) / (steps() - warmup)));
            case Schedule.Steps stairs -> {
                long epochsDone = step / stepsPerEpoch;
                long falls =
                        stairs.atEpochs().stream().filter(e -> e <= epochsDone).count();
                yield peak * StrictMath.pow(stairs.factor(), falls);
            }
        };
    }
}
