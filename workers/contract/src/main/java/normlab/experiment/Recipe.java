package normlab.experiment;

import static normlab.json.Checks.check;

import java.util.Optional;
import normlab.json.Range;
import normlab.json.Ranges;

/**
 * How a trial is trained: mean cross-entropy, SGD with momentum in PyTorch's form, linear warm-up, then the schedule.
 *
 * @param learningRate peak learning rate, reached after the warm-up
 * @param momentum of SGD
 * @param nesterov whether the momentum is Nesterov's, in PyTorch's form; needs a momentum above 0
 * @param weightDecay λ of L2 decay on the weights of convolutions and fully connected layers
 * @param decayNormAndBias whether biases and normalization parameters decay as well
 * @param batchSize images in a step; the last incomplete batch of an epoch is dropped
 * @param epochs passes over the training set, which is reshuffled for each
 * @param warmupSteps steps of linear warm-up, lr·(t + 1)/warmupSteps
 * @param schedule of the learning rate after the warm-up
 * @param labelSmoothing ε: the target is 1 − ε for the label plus ε spread evenly over all classes
 * @param gradientClip maximum norm of the gradient of all parameters together; absent: no limit
 * @param augmentation of the training images; absent: none
 * @param precision of the forward and backward passes
 */
public record Recipe(
        @Range(above = 0) double learningRate,
        @Range(atLeast = 0, below = 1) double momentum,
        boolean nesterov,
        @Range(atLeast = 0) double weightDecay,
        boolean decayNormAndBias,
        @Range(atLeast = 2) int batchSize,
        @Range(atLeast = 1) int epochs,
        @Range(atLeast = 0) int warmupSteps,
        Schedule schedule,
        @Range(atLeast = 0, below = 1) double labelSmoothing,
        @Range(above = 0) Optional<Double> gradientClip,
        Optional<Augmentation> augmentation,
        Precision precision) {
    public Recipe {
        Ranges.check(
                Recipe.class,
                learningRate,
                momentum,
                weightDecay,
                batchSize,
                epochs,
                warmupSteps,
                labelSmoothing,
                gradientClip);
        check(!nesterov || momentum > 0, "nesterov is true and momentum is 0, expected a momentum above 0");
        if (schedule instanceof Schedule.Steps steps) {
            check(
                    steps.atEpochs().getLast() < epochs,
                    "schedule.atEpochs is %s, expected all below the recipe's %s epochs",
                    steps.atEpochs(),
                    epochs);
        }
    }

    /** SGD with a cosine schedule and none of the optional parts, in float32. */
    public Recipe(
            double learningRate, double momentum, double weightDecay, int batchSize, int epochs, int warmupSteps) {
        this(
                learningRate,
                momentum,
                false,
                weightDecay,
                false,
                batchSize,
                epochs,
                warmupSteps,
                new Schedule.Cosine(),
                0,
                Optional.empty(),
                Optional.empty(),
                Precision.FLOAT32);
    }

    /** The same recipe at another peak learning rate. */
    public Recipe withLearningRate(double rate) {
        return with(rate, precision);
    }

    /** The same recipe in another precision. */
    public Recipe withPrecision(Precision other) {
        return with(learningRate, other);
    }

    private Recipe with(double rate, Precision other) {
        return new Recipe(
                rate,
                momentum,
                nesterov,
                weightDecay,
                decayNormAndBias,
                batchSize,
                epochs,
                warmupSteps,
                schedule,
                labelSmoothing,
                gradientClip,
                augmentation,
                other);
    }
}
