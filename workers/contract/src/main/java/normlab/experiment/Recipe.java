package normlab.experiment;

import static normlab.json.Checks.check;

import java.util.Optional;

/**
 * How a trial is trained: mean cross-entropy, SGD with momentum in PyTorch's form, linear warm-up, then the schedule.
 *
 * @param learningRate peak learning rate, reached after the warm-up
 * @param momentum of SGD, in [0, 1)
 * @param nesterov whether the step looks ahead by the momentum, in PyTorch's form; needs a momentum
 * @param weightDecay λ of L2 decay on the weights of convolutions and fully connected layers
 * @param decayNormAndBias whether biases and normalization parameters decay as well
 * @param batchSize images a step; the last incomplete batch of an epoch is dropped
 * @param epochs passes over the training set, reshuffled each time
 * @param warmupSteps steps of linear warm-up, lr·(t + 1)/warmupSteps
 * @param schedule of the learning rate after the warm-up
 * @param labelSmoothing ε in [0, 1): the target is 1 − ε of the label and ε spread over all classes alike
 * @param gradientClip the gradient of all parameters together is scaled down to this norm where it is longer; absent: not
 * @param augmentation of the training images; absent: as they are
 */
public record Recipe(
        double learningRate,
        double momentum,
        boolean nesterov,
        double weightDecay,
        boolean decayNormAndBias,
        int batchSize,
        int epochs,
        int warmupSteps,
        Schedule schedule,
        double labelSmoothing,
        Optional<Double> gradientClip,
        Optional<Augmentation> augmentation) {
    public Recipe {
        check(learningRate > 0, "learningRate is %s, expected more than 0", learningRate);
        check(momentum >= 0 && momentum < 1, "momentum is %s, expected in [0, 1)", momentum);
        check(!nesterov || momentum > 0, "nesterov is true with momentum 0, expected a momentum to look ahead by");
        check(weightDecay >= 0, "weightDecay is %s, expected 0 or more", weightDecay);
        check(batchSize >= 2, "batchSize is %s, expected 2 or more", batchSize);
        check(epochs >= 1, "epochs is %s, expected 1 or more", epochs);
        check(warmupSteps >= 0, "warmupSteps is %s, expected 0 or more", warmupSteps);
        check(labelSmoothing >= 0 && labelSmoothing < 1, "labelSmoothing is %s, expected in [0, 1)", labelSmoothing);
        check(
                gradientClip.orElse(1.0) > 0,
                "gradientClip is %s, expected more than 0, or null",
                gradientClip.orElse(1.0));
        if (schedule instanceof Schedule.Steps steps) {
            check(
                    steps.atEpochs().getLast() < epochs,
                    "schedule.atEpochs is %s, expected all below the recipe's %s epochs",
                    steps.atEpochs(),
                    epochs);
        }
    }

    /** Plain SGD and a cosine, with nothing else: what the remaining keys say in {@code base.yaml}. */
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
                Optional.empty());
    }

    /** The same recipe at another peak learning rate. */
    public Recipe withLearningRate(double rate) {
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
                augmentation);
    }
}
