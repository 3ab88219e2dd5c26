package normlab.trial;

import java.time.Instant;

/**
 * What one epoch measured. Everything but {@code at} and {@code seconds} is the same in every run of the same trial.
 *
 * @param epoch from 1
 * @param step optimizer steps taken so far
 * @param at when the epoch ended; tracking servers get this time
 * @param learningRate of the epoch's last step
 * @param trainLoss mean cross-entropy over the epoch's batches, as trained
 * @param trainAccuracy share of the epoch's training images classified rightly, as trained
 * @param validationLoss mean cross-entropy over the validation set, in evaluation mode
 * @param validationAccuracy share of the validation set, in evaluation mode
 * @param seconds of training, validation aside
 * @param imagesPerSecond of training
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
        double imagesPerSecond) {}
