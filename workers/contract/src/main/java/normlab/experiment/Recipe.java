package normlab.experiment;

import static normlab.json.Checks.check;

/**
 * How a trial is trained: mean cross-entropy, SGD with momentum in PyTorch's form, linear warm-up then cosine to zero.
 *
 * @param learningRate peak learning rate, reached after the warm-up
 * @param momentum of SGD, in [0, 1)
 * @param weightDecay λ of L2 decay on the weights of convolutions and fully connected layers; never on biases and
 *     normalization parameters
 * @param batchSize images a step; the last incomplete batch of an epoch is dropped
 * @param epochs passes over the training set, reshuffled each time
 * @param warmupSteps steps of linear warm-up, lr·(t + 1)/warmupSteps
 */
public record Recipe(
        double learningRate, double momentum, double weightDecay, int batchSize, int epochs, int warmupSteps) {
    public Recipe {
        check(learningRate > 0, "learningRate is %s, expected more than 0", learningRate);
        check(momentum >= 0 && momentum < 1, "momentum is %s, expected in [0, 1)", momentum);
        check(weightDecay >= 0, "weightDecay is %s, expected 0 or more", weightDecay);
        check(batchSize >= 2, "batchSize is %s, expected 2 or more", batchSize);
        check(epochs >= 1, "epochs is %s, expected 1 or more", epochs);
        check(warmupSteps >= 0, "warmupSteps is %s, expected 0 or more", warmupSteps);
    }

    /** The same recipe at another peak learning rate. */
    public Recipe withLearningRate(double rate) {
        return new Recipe(rate, momentum, weightDecay, batchSize, epochs, warmupSteps);
    }
}
