package normlab.trial;

import java.time.Instant;
import java.util.Optional;

/**
 * What one epoch measured. Everything but {@code at} and {@code seconds} is the same in every run of the same trial.
 *
 * @param epoch from 1
 * @param step optimizer steps taken so far
 * @param at when the epoch ended; tracking servers get this time
 * @param learningRate of the epoch's last step
 * @param trainLoss mean of the recipe's loss over the epoch's batches, as trained: cross-entropy, with the recipe's label
 *     smoothing
 * @param trainAccuracy share of the epoch's training images classified rightly, as trained
 * @param validationLoss mean cross-entropy over the validation set, in evaluation mode
 * @param validationAccuracy share of the validation set, in evaluation mode
 * @param seconds of training, validation aside
 * @param imagesPerSecond of training
 * @param testLoss as {@code testAccuracy}
 * @param testAccuracy share of the official test set, in evaluation mode; there only where the experiment says
 *     {@code measureTestEachEpoch}. It shows what choosing the best epoch on the test set would have claimed, and nothing
 *     is ever chosen by it
 * @param preciseLoss as {@code preciseAccuracy}
 * @param preciseAccuracy share of the validation set with {@linkplain normlab.experiment.PreciseStatistics precise
 *     statistics}; there only after the epochs that the experiment names, and in networks that have statistics
 * @param divergence there only where a batch of this epoch had a loss that is not finite
 */
public record JournalRow(
        int epoch,
        long step,
        Instant at,
        double learningRate,
        double trainLoss,
        double trainAccuracy,
        double validationLoss,
        double validationAccuracy,
        double seconds,
        double imagesPerSecond,
        Optional<Double> testLoss,
        Optional<Double> testAccuracy,
        Optional<Double> preciseLoss,
        Optional<Double> preciseAccuracy,
        Optional<Divergence> divergence) {
    /**
     * Where the loss of an epoch ceased to be finite.
     *
     * @param step optimizer steps taken before the first batch whose loss is not finite
     * @param lossBefore of the batch before; NaN where that is of another epoch
     */
    public record Divergence(long step, double lossBefore) {}

    /** Whether the epoch ended the training: the validation loss sees what the last step did, which no batch saw. */
    public boolean diverged() {
        return !Double.isFinite(trainLoss) || !Double.isFinite(validationLoss);
    }

    /** Without measurements on the test set and without divergence. */
    public JournalRow(
            int epoch,
            long step,
            Instant at,
            double learningRate,
            double trainLoss,
            double trainAccuracy,
            double validationLoss,
            double validationAccuracy,
            double seconds,
            double imagesPerSecond) {
        this(
                epoch,
                step,
                at,
                learningRate,
                trainLoss,
                trainAccuracy,
                validationLoss,
                validationAccuracy,
                seconds,
                imagesPerSecond,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
